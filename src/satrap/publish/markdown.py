"""The brief as Markdown, for mail, wikis and text editors: what the page says, charts as their tables.

All that is told comes as text: whatever would mean something to Markdown or HTML is escaped.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, urlsplit

from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim
from satrap.protect.words import day
from satrap.publish import words
from satrap.publish.brief import Brief, Expected, Outlook, ShownConflict, ShownFinding, Table
from satrap.publish.findings import Kind
from satrap.publish.words import plain

_MEANING = re.compile(r"[\\`*_{}\[\]<>#|~]")
_STARTING = re.compile(r"^(\d*)(?=[-+=.)])")  # a list, or a line under a heading
_ARROWS = {"up": " ↑", "down": " ↓", "unchanged": " ="}


@outward("brief")
def markdown(brief: Brief) -> str:
    """CommonMark with the pipe tables of GitHub; raises ProtectError for what did not pass the gate."""
    return "\n\n".join(_blocks(brief)) + "\n"


def text(value: str) -> str:
    """Words as they are, on one line, with no markup of their own.

    >>> text("a *bold* <b>claim</b>")
    'a \\\\*bold\\\\* \\\\<b\\\\>claim\\\\</b\\\\>'
    """
    return _STARTING.sub(r"\1\\", inline(value))


def inline(value: str) -> str:
    """As `text`, where no line begins."""
    joined = " ".join(value.split()).replace("&", "&amp;")
    return _MEANING.sub(lambda sign: f"\\{sign.group()}", joined)


def _blocks(brief: Brief) -> Iterator[str]:
    yield f"# {text(brief.title)}"
    yield _day(brief)
    yield "## What changed, and how sure"
    yield from (_finding(number, shown) for number, shown in enumerate(brief.findings, 1))
    if not brief.findings:
        yield "No findings: nothing in the ledger makes a change here in this period likelier than not."
    if brief.further:
        yield "### Also"
        yield _listed(map(_also, brief.further))
    yield f"Words of likelihood ({words.SCALE_SOURCE}); counts and simulated findings carry none:"
    yield _listed(
        f"{one.words}: {words.percent(one.low)} to {words.percent(one.high)}" for one in words.SCALE
    )
    yield f"## Where it changed\n\n{text(brief.mapping)}"
    for tiles in brief.maps:
        yield from _table(f"Change in the share of the {tiles.title}", tiles.table)
    yield f"## Authority over time: {text(brief.focus)}"
    for figure in brief.authority:
        yield from _table(figure.title, figure.table, plain(figure.caption))
    yield "## Where sources disagree"
    yield from (_conflict(one) for one in brief.conflicts)
    if not brief.conflicts:
        yield "The rules find no conflict about events up to this day, which is no proof of agreement."
    if brief.outlook:
        yield from _outlook(brief.outlook)
    if brief.expected:
        yield from _expected(brief.expected)
    yield from _method(brief)
    yield "## Claims cited"
    yield "\n".join(_claim(one, brief) for one in brief.claims) or "No claims."


def _day(brief: Brief) -> str:
    own = f" · {text(brief.subject.own)}" if brief.subject.own else ""
    era = f" ({text(brief.era)})" if brief.era else ""
    day_of = f"As of {day(brief.as_of)}{era}, compared with {day(brief.since)}."
    return f"{text(brief.subject.en)}{own}. {day_of} {text(brief.summary)}"


def _finding(number: int, shown: ShownFinding) -> str:
    finding = shown.finding
    lines = [
        f"**{number}. {text(plain(finding.headline))}** {text(plain(finding.numbers))}",
        f"*{text(finding.basis)}.* {text(plain(finding.caveat))} "
        + (
            f"{'It starts from' if finding.kind is Kind.OUTLOOK else 'On whose word:'} {text(shown.word)}."
            if finding.moved
            else "No claims: it starts from the prior."
        ),
        *(
            f"> {_quoted(one.claim)}, {_byline(one.claim)} {_ref(one.claim)}"
            for one in shown.leading
            if finding.kind is not Kind.OUTLOOK
        ),
    ]
    return "\n\n".join(lines)


def _also(shown: ShownFinding) -> str:
    finding = shown.finding
    caveat = plain(finding.caveat) if finding.kind is Kind.AUTHORITY else f"{finding.basis}."
    return f"{text(plain(finding.sentence))} {text(shown.word)}. {text(caveat)}".strip()


def _conflict(one: ShownConflict) -> str:
    settled = f" A later appearance settles it: {text(one.settled)}." if one.settled else ""
    sides = [
        f"{text(side.label)}:\n\n"
        + _listed(f"{_quoted(claim)}, {_byline(claim)} {_ref(claim)}" for claim in side.claims)
        for side in one.sides
    ]
    return "\n\n".join(
        [f"### {text(one.subject)} ({text(one.relation)})", *filter(None, [settled.strip()]), *sides]
    )


def _outlook(outlook: Outlook) -> Iterator[str]:
    yield "## Outlook for residents"
    illustrative = (
        " Illustrative: its numbers were chosen to show the mechanism." if outlook.illustrative else ""
    )
    yield f"Scenario “{text(outlook.title)}”: {text(outlook.question)}.{illustrative} Computed, not observed."
    yield text(plain(outlook.reservations))
    for figure in outlook.figures:
        yield from _table(figure.title, figure.table, plain(figure.caption))
    if outlook.facts:
        yield from _table("Checks of the simulation", outlook.facts)
    yield from _table("Parameters of the scenario", outlook.parameters)


def _expected(expected: Expected) -> Iterator[str]:
    yield "## What is expected"
    for title, table in (
        ("Open questions", expected.open),
        ("Settled questions", expected.settled),
        ("The record of the forecasters", expected.record),
    ):
        if table is not None:
            yield from _table(title, table)


def _method(brief: Brief) -> Iterator[str]:
    method = brief.method
    yield "## Method and limits"
    yield _listed(f"**{text(one.term)}** {text(one.text)}" for one in method.definitions)
    if method.prior_dominated:
        yield "Claims narrowed these shares by less than a tenth; they say little more than was assumed:"
        yield _listed(map(text, method.prior_dominated))
    yield "What it cannot see:"
    yield _listed(map(text, method.blind))
    yield from _table("Who is heard", method.coverage, method.coverage_note)
    yield from _table("Claims that the estimate does not use", method.unused)
    yield text(method.reliability)
    if method.unverified:
        yield f"Unverified background (†): {text('; '.join(method.unverified))}."
    yield text(method.protection)
    yield _listed(f"{text(name)}: {text(value)}" for name, value in method.provenance)


def _claim(claim: PublicClaim, brief: Brief) -> str:
    what = f"{text(claim.kind)}{_ARROWS.get(claim.direction or '', '')}"
    denied = " (denied)" if claim.polarity == "denied" else ""
    of = "".join(f" · {text(one)}" for one in (*claim.about, *claim.places, *filter(None, [claim.when])))
    weight = brief.source_weights.get(claim.source_kind, "not set")
    source = f"source {text(claim.source_kind)}, noise {text(weight)}"
    sure = f"(text {text(claim.certainty)}; {source}; reader {claim.reading.score:.2f})"
    told = f"{_quoted(claim)}, {_byline(claim)}. {_origin(claim)}"
    return f"- {_ref(claim)} **{what}**{denied}{of}. {told} {sure}"


def _quoted(claim: PublicClaim) -> str:
    return f"“{text(claim.quote)}”" if claim.quote else "*quotation withheld*"


def _byline(claim: PublicClaim) -> str:
    return f"{text(' → '.join(claim.voices))}, {text(claim.published)}"


def _ref(claim: PublicClaim) -> str:
    return f"\\[{claim.number}\\]"


def _origin(claim: PublicClaim) -> str:
    label = text(claim.title or claim.publisher)
    if urlsplit(claim.url).scheme not in ("http", "https"):
        return label
    return f"[{label}]({quote(claim.url, safe=':/?&=%#,;@+~')})"


def _table(title: str, table: Table, note: str = "") -> Iterator[str]:
    told = " ".join(f"{one[0].upper()}{one[1:].removesuffix('.')}." for one in (note, table.note) if one)
    yield f"**{text(title)}** {text(told)}".strip()
    if table.rows:
        lines = [table.head, ["---"] * len(table.head), *table.rows]
        yield "\n".join(_row(cells, raw=at == 1) for at, cells in enumerate(lines))


def _row(cells: Sequence[str], raw: bool) -> str:
    return f"| {' | '.join(cell if raw else inline(cell) for cell in cells)} |"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
