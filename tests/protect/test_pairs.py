"""Ledgers that differ only in what stays inside give the same artefacts, byte for byte.

``SATRAP_PAIRS`` says how many pairs are tried (`make soak`: 2,000); of the brief, whose estimate takes
seconds, a hundredth of it. Many are tried in parts, so that a soak shows how far it is.
"""

import itertools
import os
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.publish.builders import DOWN, KP, UP, Told, sample, split, told
from tests.reliability.again import fast
from tests.reliability.workload import Noted

from satrap.claims import Access, Argument, Quote, RecordedClaim, Source, SourceKind, When
from satrap.estimate import estimate
from satrap.exchange import Context, export, known_exporters
from satrap.protect.exposure import Exposed, expose
from satrap.protect.stripping import strip
from satrap.publish import compose, render
from satrap.reports import UNKNOWN, Report

PAIRS = int(os.environ.get("SATRAP_PAIRS", "12"))
PARTS = range(-(-PAIRS // 250))
TODAY = date(2026, 6, 1)

tried = partial(settings, deadline=None, database=None, suppress_health_check=list(HealthCheck))


class Ledger(msgspec.Struct):
    """What a ledger would hand out."""

    claims: list[RecordedClaim]
    reports: dict[str, Report]

    def exposed(self) -> Exposed:
        return expose(self.claims, self.reports, KP, on=TODAY)


SECRETS = st.text("abcdefghij", min_size=6, max_size=10).map(lambda text: f"canary-{text}")
KINDS = {
    "authority": {"holder": "MSS"},
    "transfer": {"from": "MSS", "to": "WPK"},
    "extortion": {"by": "MSS", "on": "residents"},
    "dismissal": {"person": "kim-won-hong", "institution": "MSS"},
    "arrest": {"person": "Private Citizen"},
    "sentiment": {"of": "residents", "toward": "MSS"},
}
PEOPLE = [SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.DEFECTOR]
VOICES = st.one_of(
    st.none(),
    st.builds(
        Source,
        st.sampled_from([*SourceKind, *PEOPLE, *PEOPLE]),
        place=st.sampled_from(["KP-09", "KP-10-03", "KP-13", "KR", None]),
    ),
)


@st.composite
def public_parts(draw: st.DrawFn) -> list[Told]:
    """Some reports with a claim each: what is the same in both ledgers of a pair."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(list(KINDS)))
        text = draw(
            st.sampled_from(["It fell in Hoeryong on 4 March.", "They took what they wanted.", "무너졌다."])
        )
        made.append(
            told(
                kind,
                KINDS[kind],
                draw(st.sampled_from(["2017-03-10", "2017-03", "2016-11-02", None])),
                text=f"{text} {number % 2}",
                publisher=draw(st.sampled_from(["Daily NK", "Harbour Post", UNKNOWN])),
                voice=draw(VOICES),
                story=draw(st.sampled_from(["", "a", "b"])),
                when=draw(st.sampled_from([None, "2017-03-04", "2016", "2017-01/2017-02"])),
                places=draw(st.sampled_from([(), ("KP-09",), ("KP-10-03",), ("KP-05", "KP-09")])),
                direction=draw(st.sampled_from([UP, DOWN]))
                if kind in {"authority", "extortion", "sentiment"}
                else None,
                access=draw(st.sampled_from(Access)),
            )
        )
    return made


def other_day(draw: st.DrawFn, when: When | None) -> When | None:
    """Another day of the same month, where it was a day."""
    if when is None or when.days > 1:
        return when
    return When.day(when.earliest.replace(day=draw(st.integers(1, 28))))


def hidden(draw: st.DrawFn, pair: Told, number: int, stories: dict[str, str], *, days: bool) -> Told:
    """The same report and claim with everything else that stays inside drawn anew.

    With ``days``, also what is told by month alone: the days of what somebody at risk told.
    """
    recorded, report = pair
    claim, secret = recorded.claim, partial(draw, SECRETS)
    before, after = f"{secret()}-{number} ", f" {secret()}"  # no two claims of a ledger are one
    risky = days and any(is_person(source) for source in claim.said_by)
    fields: dict[str, Any] = {
        "text": before + report.text + after,
        "author": secret(),
        "origin": secret(),
        "provenance": {secret(): secret()},
        "published": other_day(draw, report.published) if risky else report.published,
    }
    report = msgspec.structs.replace(report, **fields)
    anchor = claim.quote
    start = anchor.start + len(before)
    claim = claim.clone(
        report=report.hash,
        quote=Quote(anchor.exact, start, start + len(anchor.exact), secret(), secret()),
        said_by=tuple(
            msgspec.structs.replace(
                source,
                number=draw(st.integers(1, 9)),
                name=secret() if is_person(source) else source.name,
                place=finer(draw, source.place),
            )
            for source in claim.said_by
        ),
        roles={
            role: tuple(
                Argument(
                    secret() if one.name == "Private Citizen" else one.name,
                    one.id,
                    one.tiers,
                    one.places,
                    draw(st.booleans()),
                )
                for one in of
            )
            for role, of in claim.roles.items()
        },
        places=tuple(finer(draw, place) or place for place in claim.places),
        because=(secret(),),
        access=draw(st.sampled_from(Access)) if days else claim.access,
        when=other_day(draw, claim.when) if risky else claim.when,
    )
    stripped = strip(report, [claim])
    return (
        msgspec.structs.replace(
            recorded,
            id=stripped.claims[0].id,
            claim=stripped.claims[0],
            published=report.published.earliest if report.published else None,
            story=stories.setdefault(
                recorded.story if recorded.story in "ab" else f"own {number}", secret() + str(number)
            ),
            position=draw(st.integers(1, 99)),
            version=draw(st.integers(1, 99)),
            known_at=recorded.known_at + timedelta(seconds=draw(st.integers(0, 9999))),
        ),
        stripped.report,
    )


def is_person(source: Source) -> bool:
    """Whether it is somebody who speaks at their own risk, wherever they are."""
    return source.kind in PEOPLE


def finer(draw: st.DrawFn, place: str | None) -> str | None:
    """Another place within the same province, where a claim gave one within it."""
    return (
        f"{place.rpartition('-')[0]}-{draw(st.sampled_from(['01', '02', '07']))}"
        if place and place.count("-") == 2
        else place
    )


@st.composite
def pairs(draw: st.DrawFn, parts: list[Told] | None = None, days: bool = True) -> tuple[Ledger, Ledger]:
    """Two ledgers that differ only in what stays inside."""
    public = parts if parts is not None else draw(public_parts())

    def ledger() -> Ledger:
        stories: dict[str, str] = {}
        made = [hidden(draw, pair, number, stories, days=days) for number, pair in enumerate(public)]
        claims, reports = split(made if not days else draw(st.permutations(made)))
        return Ledger(claims, reports)

    return ledger(), ledger()


def exports(ledger: Ledger) -> dict[str, bytes]:
    """Every registered export, as bytes by path."""
    exposed = ledger.exposed().ordered
    with TemporaryDirectory(dir=fast()) as folder:
        for name in known_exporters():
            export(name, exposed, Context(KP, date(2017, 6, 30), "1"), Path(folder) / name)
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file()
        }


def check(
    artefact: Callable[[Ledger], object],
    number: int,
    phases: Sequence[Phase] = tuple(Phase),
    drawn: st.SearchStrategy[tuple[Ledger, Ledger]] | None = None,
) -> int:
    """How many pairs were tried."""
    count = itertools.count()

    @tried(max_examples=number, phases=phases)
    @given(pairs() if drawn is None else drawn)
    def alike(pair: tuple[Ledger, Ledger]) -> None:
        next(count)
        one, other = map(artefact, pair)
        assert one == other
        assert "canary" not in repr(one)

    alike()
    return next(count)


def test_what_passes_the_gate_is_the_same(record_property: Noted) -> None:
    record_property("ledger.soak.pairs.gate", check(lambda ledger: ledger.exposed().ordered, max(PAIRS, 100)))


@pytest.mark.parametrize("part", PARTS)
def test_every_export_is_the_same(part: int, record_property: Noted) -> None:
    record_property("ledger.soak.pairs", check(exports, -(-PAIRS // len(PARTS))))


@pytest.mark.parametrize(
    "leaky",
    [
        lambda ledger: [one.claim.quote.prefix for one in ledger.claims],
        lambda ledger: [one.claim.said_by[-1].name for one in ledger.claims],
        lambda ledger: sorted(one.id for one in ledger.claims),
        lambda ledger: sorted(f"{one.published}" for one in ledger.claims),
        lambda ledger: [len(report.text) for report in ledger.reports.values()],
        lambda ledger: list(ledger.exposed().claims),
    ],
    ids=["context", "handle", "id", "day", "length", "the ledger's ids"],
)
def test_an_artefact_that_leaks_is_found(leaky: Callable[[Ledger], object]) -> None:
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        check(leaky, 100, [Phase.generate])


def equals() -> list[Told]:
    """Claims that no date orders, in a finding and in a conflict."""
    return [
        *(
            told("extortion", {"by": "MSS"}, "2017-05-05", text=f"They took {what}.")
            for what in ("rice", "pork", "fuel")
        ),
        *(
            told("execution", {"person": "ri-yong-gil"}, "2016-02-10", text=f"He was {how}.")
            for how in ("shot", "hanged")
        ),
    ]


def brief(ledger: Ledger) -> str:
    # as a ledger gives them: by the entry that first held each
    claims = [msgspec.structs.replace(one, position=at) for at, one in enumerate(ledger.claims, 1)]
    estimated = estimate(claims, KP, start=date(2016, 5, 1), end=date(2017, 8, 31))
    made = compose(
        pack=KP,
        claims=claims,
        reports=ledger.reports,
        estimate=estimated,
        as_of=date(2017, 6, 15),
        expose=lambda claims: expose(claims, ledger.reports, KP, on=TODAY),
    )
    return render(made)


def test_the_brief_is_the_same(record_property: Noted) -> None:
    drawn = pairs(parts=[*sample(), *equals()], days=False)
    # seconds each: too long to shrink
    record_property("ledger.soak.pairs.brief", check(brief, max(1, PAIRS // 100), [Phase.generate], drawn))
