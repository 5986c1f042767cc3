"""Coarsening what somebody at risk told, until enough people could have told it.

The number of people is estimated from the public form itself: what an artefact tells, and nothing else. Of
all ways to tell less, the one that a reader misses least is taken.
"""

from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from satrap.claims import Horizon, RecordedClaim, Source, When, family
from satrap.country import Pack
from satrap.protect import coarse
from satrap.protect.circle import circle, residents
from satrap.protect.masking import Masks, masked
from satrap.protect.public import PublicArgument, PublicClaim
from satrap.protect.times import Span, as_told
from satrap.protect.words import UNVERIFIED
from satrap.reports import Report


class Step(StrEnum):
    """One way to tell less; a reader misses each more than all before it together."""

    QUARTER = "told by quarter"
    YEAR = "told by year"
    INSTITUTION = "officials told as their institution"
    STATE = "told of the whole state"
    UNWORDED = "without quotation and title"


Steps = frozenset[Step]

_WEIGHT = {step: 2**place for place, step in enumerate(Step)}
_LADDER: tuple[Steps, ...] = tuple(
    sorted(
        (
            frozenset(steps)
            for number in range(len(Step) + 1)
            for steps in combinations(Step, number)
            if not {Step.QUARTER, Step.YEAR} <= set(steps)
        ),
        key=lambda steps: sum(_WEIGHT[step] for step in steps),
    )
)


class Told(NamedTuple):
    """A claim as it may leave, and the steps that were needed for it."""

    claim: PublicClaim
    steps: Steps


def narrowest(recorded: RecordedClaim, report: Report, pack: Pack, k: int) -> Told | None:
    """The claim as exactly as it may be told; None where fewer than ``k`` could have told it however coarse.

    What only public voices tell leaves as it is, but for its words where the text is not known to be public.
    """
    voices = coarse.at_risk(recorded.claim, pack)
    for steps in _LADDER if voices else _LADDER[:1]:
        claim = _form(recorded, report, pack, steps, guarded=bool(voices))
        if not voices or people(claim, voices, pack) >= k:
            return Told(claim, steps)
    return None


def people(claim: PublicClaim, voices: tuple[Source, ...], pack: Pack) -> float:
    """How many could have known what this form of the claim tells; see `satrap.protect.circle`."""
    arguments = [one for of in claim.roles.values() for one in of]
    of_offices, of_voices = (one.place for one in arguments), (one.place for one in claim.chain)
    places = {place for place in (*claim.place_ids, *of_offices, *of_voices) if place is not None}
    spans = [_span(edtf) for edtf in (claim.edtf, claim.published_edtf) if edtf]
    return circle().people(
        residents(places, pack),
        kind=claim.kind,
        voices=[voice.kind for voice in voices],
        span=min(spans, key=list(Span).index, default=Span.YEAR),
        tiers=[tier for one in arguments for tier in one.tiers],
        of_a_person=family(claim.kind) == "personnel" and any(one.id in pack.people for one in arguments),
        of_an_incident=family(claim.kind) == "conduct" and claim.horizon is Horizon.PAST,
        worded=bool(claim.quote or claim.title),
    )


@lru_cache(maxsize=4096)  # the full grammar of intervals is slow, and few of them occur
def _span(edtf: str) -> Span:
    when = When.parse(edtf)
    return Span.of(when.earliest, when.latest)


def _form(recorded: RecordedClaim, report: Report, pack: Pack, steps: Steps, *, guarded: bool) -> PublicClaim:
    """The claim after the steps; ``guarded``: somebody at risk told it, so by month and in masked words."""
    claim = recorded.claim
    span = None
    if guarded:
        span = Span.YEAR if Step.YEAR in steps else Span.QUARTER if Step.QUARTER in steps else Span.MONTH
    masks = Masks(
        months=span in {Span.QUARTER, Span.YEAR},
        places=Step.STATE in steps,
        officials=Step.INSTITUTION in steps,
    )

    def words(text: str | None) -> str:
        if not text or Step.UNWORDED in steps or not coarse.is_published(report):
            return ""
        line = " ".join(text.split())
        return masked(line, pack, masks) if guarded else line

    if Step.STATE in steps:
        claim = coarse.placeless(claim, pack)
    about, roles = coarse.names(claim, pack), coarse.roles(claim, pack)
    if Step.INSTITUTION in steps:
        officials = {person.name for person in pack.people.values()}
        about = tuple(name for name in about if name.removesuffix(UNVERIFIED) not in officials)
        roles = {role: _as_bodies(of, pack) for role, of in roles.items()}
    when, published = as_told(claim.when, span), as_told(report.published, span)
    return PublicClaim(
        kind=claim.kind,
        direction=claim.direction,
        polarity=claim.polarity,
        horizon=claim.horizon,
        certainty=claim.certainty,
        cues=claim.cues,
        roles=roles,
        about=about,
        places=coarse.place_names(claim.places, pack),
        place_ids=coarse.place_ids(claim.places, pack),
        when=when.words,
        edtf=when.edtf,
        quote=coarse.shortened(words(claim.quote.exact)),
        voices=tuple(coarse.voice(source, pack) for source in claim.said_by),
        chain=tuple(coarse.source(source, pack) for source in claim.said_by),
        source_kind=claim.voice.kind,
        reading=claim.reading,
        status=recorded.status,
        publisher=report.publisher,
        outlet=recorded.outlet,
        title=words(report.title),
        # An address may spell out what the steps take away
        url=coarse.link(report.url) if coarse.is_published(report) and not steps else "",
        language=report.language,
        published=published.words or "undated",
        published_edtf=published.edtf,
    )


def _as_bodies(given: tuple[PublicArgument, ...], pack: Pack) -> tuple[PublicArgument, ...]:
    """The arguments without what singles out an official: who it is, and at which level the office stands."""
    officials = {*pack.people, *pack.posts}
    return tuple(
        dict.fromkeys(
            PublicArgument("officials", None, (), one.place)
            if one.id in officials
            else PublicArgument(one.name, one.id, (), one.place)
            for one in given
        )
    )
