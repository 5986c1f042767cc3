"""Which reading rules err, by what reviewers made of the claims that they made."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec
from scipy.stats import binomtest

from satrap.ledger import Act
from satrap.review.fields import changed

CONFIDENCE = 0.95


class RuleRecord(msgspec.Struct, frozen=True):
    """What became of the reviewed claims that a rule had a part in.

    ``wrong`` is the share corrected or rejected, between ``low`` and ``high`` (95%, Wilson 1927).
    ``fields`` counts the corrections that changed a field, ``alone`` those that changed nothing else: of
    these it is plain what the rule gets wrong. A claim that several rules made counts for each.
    """

    rule: str
    accepted: int
    corrected: int
    rejected: int
    wrong: float
    low: float
    high: float
    fields: dict[str, int]
    alone: dict[str, int]


def rule_records(acts: Iterable[Act]) -> list[RuleRecord]:
    """By the last word on each claim; those rules first that err most surely (by ``low``)."""
    last = {act.claim: act for act in acts}
    by_rule: dict[str, list[Act]] = defaultdict(list)
    for act in last.values():
        for rule in dict.fromkeys(act.read.reading.rules or (act.read.reading.reader,)):
            by_rule[rule].append(act)
    records = [_record(rule, each) for rule, each in by_rule.items()]
    return sorted(records, key=lambda one: (-one.low, -one.wrong, one.rule))


def _record(rule: str, acts: list[Act]) -> RuleRecord:
    edits = [changed(act.read, act.said) for act in acts if act.said]
    rejected, corrected = len(acts) - len(edits), sum(map(bool, edits))
    wrong = binomtest(rejected + corrected, len(acts))
    band = wrong.proportion_ci(CONFIDENCE, method="wilson")
    return RuleRecord(
        rule,
        accepted=len(edits) - corrected,
        corrected=corrected,
        rejected=rejected,
        wrong=float(wrong.statistic),
        low=float(band.low),
        high=float(band.high),
        fields=dict(Counter(field for edit in edits for field in edit).most_common()),
        alone=dict(Counter(edit[0] for edit in edits if len(edit) == 1).most_common()),
    )
