"""Whether a claim tells of what a question asks about."""

from collections.abc import Callable, Iterable
from datetime import date

from satrap.accounts import timelines
from satrap.accounts.said import takes_part
from satrap.accounts.seats import seat_of
from satrap.claims import Argument, Claim, Direction, Polarity, RecordedClaim, family
from satrap.country import Pack
from satrap.forecast.cut import Cut
from satrap.forecast.questions import Count, Event, Fate, What

_BY = ("by", "from")
_OF = ("of", "to", "on", "holder", "toward", "institution", "person", "post")


def happening(question: Fate | Event, at: Cut) -> Callable[[Claim], bool]:
    """A test of claims: whether they say that what is asked about happened, or that it did not, whenever."""
    if isinstance(question, Event):
        return lambda claim: fits(claim, question.what, at.pack) and not _less(claim)
    if question.person is not None:
        wanted = {question.person}
    elif question.fate == "returns":
        wanted = {person for person in [last_to_leave(question, at)] if person}
    else:
        return _seated(question, at)
    return lambda claim: claim.kind in question.kinds and not wanted.isdisjoint(_people(claim))


def _less(claim: Claim) -> bool:
    """That there is less of a conduct is no such conduct."""
    return claim.direction is Direction.DOWN and family(claim.kind) == "conduct"


def fits(claim: Claim, what: What, pack: Pack) -> bool:
    """Whether a claim is of a kind, by somebody, of somebody, at a place, as wanted."""
    return (
        claim.kind in what.kinds
        and (what.actor is None or names(claim.arguments(*_BY), what.actor, pack))
        and (what.target is None or names(claim.arguments(*_OF), what.target, pack))
        and (what.place is None or tells_of_place(claim, what.place, pack))
    )


def _seated(question: Fate, at: Cut) -> Callable[[Claim], bool]:
    """Of whoever holds the post: claims that name it, or without it a person who held it in those days."""
    holders = _holders(question, at) if question.fate != "appointed" else set()

    def test(claim: Claim) -> bool:
        if claim.kind not in question.kinds:
            return False
        seat = seat_of(claim, at.pack)
        if seat is None:
            return not holders.isdisjoint(_people(claim))
        return seat.post == question.post and seat.place in (None, question.place)

    return test


def _people(claim: Claim) -> set[str]:
    return {one.id for one in claim.arguments("person") if one.id}


def tells_of(claim: Claim, institution: str | None, place: str | None, pack: Pack) -> bool:
    """Whether an institution takes any part in what a claim tells of, at a place."""
    arguments = [one for each in claim.roles.values() for one in each]
    return (institution is None or names(arguments, institution, pack)) and (
        place is None or tells_of_place(claim, place, pack)
    )


def stories(question: Count, at: Cut) -> dict[str, str]:
    """The stories first published in the question's days that claim what it counts: each with its claim.

    A claim by itself is enough, whatever its certainty, unless it is denied, rejected or about the future.
    """
    first_told: dict[str, date] = {}
    for one in at.claims:
        if one.published is not None:
            first_told[one.story] = min(one.published, first_told.get(one.story, one.published))
    found: dict[str, str] = {}
    for one in at.claims:
        told = first_told.get(one.story)
        if (
            told is not None
            and question.first <= told <= question.last
            and one.claim.kind in question.kinds
            and one.claim.polarity is Polarity.AFFIRMED
            and takes_part(one)
            and tells_of(one.claim, question.about, question.place, at.pack)
        ):
            found.setdefault(one.story, one.id)
    return found


def published_in(one: RecordedClaim, first: date, last: date) -> bool:
    return one.published is not None and first <= one.published <= last


def names(arguments: Iterable[Argument], institution: str, pack: Pack) -> bool:
    """Whether any of the arguments is the institution, a part of it, its post, or a group that it is of."""
    return any(_is(one.id, institution, pack) for one in arguments if one.id)


def _is(id: str, institution: str, pack: Pack) -> bool:
    if id in pack.groups:
        return institution in pack.groups[id].institutions
    at: str | None = pack.posts[id].institution if id in pack.posts else id
    while at is not None and at in pack.institutions:
        if at == institution:
            return True
        at = pack.institutions[at].share_of
    return False


def tells_of_place(claim: Claim, place: str, pack: Pack) -> bool:
    """Whether a claim names the place, or one within it."""
    arguments = [one for each in claim.roles.values() for one in each]
    named = {*claim.places, *(id for one in arguments for id in one.places), *(one.id for one in arguments)}
    return any(_within(one, place, pack) for one in named if one)


def _within(id: str, place: str, pack: Pack) -> bool:
    at: str | None = id
    while at is not None and at in pack.places:
        if at == place:
            return True
        at = pack.places[at].parent
    return False


def _holders(question: Fate, at: Cut) -> set[str]:
    """Who held the post at some time between asking and closing, as far as is told."""
    assert question.post is not None
    held = {
        one.person
        for one in at.pack.tenures
        if one.post == question.post
        and one.person
        and (not one.start or one.start.earliest <= question.closes)
        and (not one.end or one.end.latest > question.asked)
    }
    for line in timelines(at.claims, at.pack, question.post):
        for spell in line.spells:
            gone = spell.ended is not None and spell.ended.latest <= question.asked
            if spell.first_cited <= question.closes and not gone:
                held.add(spell.person)
    return held


def last_to_leave(question: Fate, at: Cut) -> str | None:
    """The person who, as far as is told, last left the post by the day of asking; None where nobody did."""
    assert question.post is not None
    left: dict[str, date] = {}
    for one in at.pack.tenures:
        if one.post == question.post and one.person and one.end and one.end.latest <= question.asked:
            left[one.person] = max(one.end.latest, left.get(one.person, date.min))
    for line in timelines(at.claims, at.pack, question.post):
        for spell in line.spells:
            if spell.ended is not None and spell.ended.latest <= question.asked:
                left[spell.person] = max(spell.ended.latest, left.get(spell.person, date.min))
    return max(left, key=lambda person: (left[person], person), default=None)
