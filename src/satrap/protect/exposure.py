"""The one gate to the outside: from what the ledger hands out to what may leave.

What is withheld or sealed is blanked before anything else looks at it, so that ledgers that differ only in
such fields give the same artefacts. What is coarse leaves only in the form that `expose` gives it: what
somebody at risk told is coarsened until enough people could have told it, or it does not leave.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.errors import ProtectError
from satrap.protect import coarse
from satrap.protect.coarsening import Step, narrowest
from satrap.protect.public import PublicClaim, identity
from satrap.protect.sensitivity import blanked
from satrap.protect.settings import Protection
from satrap.reports import Report

DEFAULT = Protection()


class Exposed(msgspec.Struct, frozen=True):
    """What came through the gate: ``claims`` by the ledger's id, in the order of their numbers.

    ``given`` is how many came to it, ``at_risk`` of how many somebody may pay for having told it; ``steps``
    counts those that each step was taken with, ``withheld`` those that stay back however coarse, ``waiting``
    those that stay back until their delay has passed.
    """

    claims: dict[str, PublicClaim]
    k: int
    given: int = 0
    at_risk: int = 0
    steps: dict[Step, int] = {}
    withheld: int = 0
    waiting: int = 0

    @property
    def ordered(self) -> tuple[PublicClaim, ...]:
        """The claims by number: what an exporter writes."""
        return tuple(self.claims.values())


def expose(
    claims: Iterable[RecordedClaim],
    reports: Mapping[str, Report],
    pack: Pack,
    protection: Protection = DEFAULT,
    *,
    on: date | None = None,
) -> Exposed:
    """The public form of each claim that may leave, numbered in order of publication.

    ``on`` is the day on which it leaves; without one, whatever has a delay stays back. Raises ProtectError
    where a claim's report is missing or a field was never declared.
    """
    shown: list[tuple[str, str, PublicClaim]] = []
    taken = Counter[Step]()
    given = risky = withheld = waiting = 0
    for recorded in claims:
        report = reports.get(recorded.claim.report)
        if report is None:
            raise ProtectError(
                "a claim's report is not among the reports given", remedy="pass ledger.reports()"
            )
        given += 1
        risky += bool(coarse.at_risk(recorded.claim, pack))
        if _waits(recorded, report, protection, on):
            waiting += 1
            continue
        told = narrowest(blanked(recorded), blanked(report), pack, protection.k)
        if told is None:
            withheld += 1
            continue
        taken.update(told.steps)
        shown.append((recorded.id, recorded.story, told.claim))
    steps = {step: taken[step] for step in Step if taken[step]}
    return Exposed(_numbered(shown), protection.k, given, risky, steps, withheld, waiting)


def _waits(recorded: RecordedClaim, report: Report, protection: Protection, on: date | None) -> bool:
    public = coarse.is_published(report)
    delay = protection.delay.published if public else protection.delay.unpublished
    if not delay:
        return False
    since = report.published.latest if public and report.published else recorded.known_at.date()
    return on is None or on - timedelta(days=delay) < since


def _numbered(shown: Sequence[tuple[str, str, PublicClaim]]) -> dict[str, PublicClaim]:
    """Ids, numbers and story numbers that depend on nothing but what is public.

    Claims are ordered by what is told of them, then by what else is told in their story; stories that tell
    the same are interchangeable, so that the order of their ids shows nowhere.
    """
    told = {claim_id: msgspec.json.encode(public, order="sorted") for claim_id, _, public in shown}
    stories: dict[str, list[bytes]] = {}
    for claim_id, story, _ in shown:
        stories.setdefault(story, []).append(told[claim_id])
    alike = {story: sorted(of) for story, of in stories.items()}
    ordered = sorted(
        shown, key=lambda one: (one[2].published_edtf or "~", told[one[0]], alike[one[1]], one[1])
    )
    numbers: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    exposed: dict[str, PublicClaim] = {}
    for number, (claim_id, story, public) in enumerate(ordered, 1):
        first = identity(public, 0)
        ordinal = ordinals[first] = ordinals.get(first, -1) + 1
        exposed[claim_id] = msgspec.structs.replace(
            public,
            id=identity(public, ordinal),
            number=number,
            story=numbers.setdefault(story, len(numbers) + 1),
        )
    return exposed
