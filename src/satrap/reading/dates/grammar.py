"""The date rules of a language as regular expressions, compiled once."""

import re
from functools import cache
from typing import NamedTuple

from satrap.reading.dates.rule import Around, DateRules, Range, Relation, Rule


class Grammar(NamedTuple):
    """Each kind of rule with its patterns. Those of words before a time must end where the time starts."""

    rules: DateRules
    times: list[tuple[Rule, re.Pattern[str]]]
    before: list[tuple[Around, re.Pattern[str]]]
    after: list[tuple[Around, re.Pattern[str]]]
    ranges: list[tuple[Range, re.Pattern[str], re.Pattern[str]]]
    relations: list[tuple[Relation, re.Pattern[str], re.Pattern[str]]]
    ahead: re.Pattern[str]
    deadlines: re.Pattern[str]
    behind: re.Pattern[str]

    @classmethod
    def of(cls, rules: DateRules) -> "Grammar":
        def touching(pattern: str) -> re.Pattern[str]:
            return rules.compiled(f"(?:{pattern})$")

        return cls(
            rules,
            [(rule, rules.compiled(rule.pattern)) for rule in rules.times],
            [(one, touching(one.before)) for one in rules.around if one.before],
            [(one, rules.compiled(one.after)) for one in rules.around if one.after],
            [(one, touching(one.before), rules.compiled(one.between)) for one in rules.ranges],
            [(one, touching(one.before), rules.compiled(one.after)) for one in rules.relations],
            rules.compiled(rules.ahead),
            rules.compiled(rules.deadlines),
            rules.compiled(rules.behind),
        )


@cache
def english() -> Grammar:
    """The rules that come with satrap."""
    return Grammar.of(DateRules.bundled())
