"""What the reports themselves expect: claims about the future, taken at the worth that such words have had.

A claim about the future is a question of its own: whether what it says happens by the end of the days it
names, or within a year of its telling. Of its certainty word

    p = (m s + came true) / (s + settled),

with m what the word is taken to mean before any is settled (judgement) and s = ``WORTH``. A question that
leaves another span than the claim has that chance at the claim's constant hazard.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from satrap.claims import Certainty, Horizon, Polarity, RecordedClaim, Status, family
from satrap.forecast.about import happening, tells_of
from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.months import months_after
from satrap.forecast.questions import YES, Count, Event, Fate, Question
from satrap.forecast.resolution import State, resolve

MEANT = {
    Certainty.STATED: 0.7,
    Certainty.PROBABLE: 0.6,
    Certainty.POSSIBLE: 0.4,
    Certainty.DOUBTFUL: 0.2,
}
WORTH = 4.0  # settled claims
_TERM = 12  # months within which an undated forecast is taken to come true


class Expected(NamedTuple):
    """A claim about the future and the question that it answers."""

    recorded: RecordedClaim
    question: Event


class Stated:
    """Answers questions about events, fates, and whether anything is told, where a claim spoke of that future
    and its time is not over."""

    name, version = "stated", "2"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        if not isinstance(question, Event | Fate) and not (
            isinstance(question, Count) and question.least == 1
        ):
            return None
        every = [*expected(cut)]
        open_ = [one for one in every if one.question.closes > cut.day and _speaks(one, question, cut)]
        if not open_:
            return None
        latest = max(open_, key=lambda one: (one.question.asked, one.recorded.id))
        comes = _worth(latest.recorded.claim.certainty, every, cut)
        if latest.recorded.claim.polarity is Polarity.DENIED:
            comes = 1.0 - comes
        yes = 1.0 - (1.0 - comes) ** _part(question, latest.question, cut)
        words = f"{latest.recorded.claim.certainty} on {latest.question.asked}"
        return said(self, question, (yes, 1.0 - yes), Reason(words, (latest.recorded.id,)))


def expected(cut: Cut) -> Iterator[Expected]:
    """Claims about the future that name an institution, with their questions."""
    for one in cut.claims:
        claim = one.claim
        rejected = Status.REJECTED in (one.status, claim.status)
        if claim.horizon is not Horizon.FUTURE or rejected or one.published is None:
            continue
        if family(claim.kind) == "explanation":
            continue
        by = months_after(one.published, _TERM)
        if claim.when is not None and one.published < claim.when.latest < date.max:
            by = claim.when.latest
        place = next(iter(claim.places), None)
        asked = Event(asked=one.published, kinds=(claim.kind,), place=place, by=by)
        for role, institution in _named(one, cut):
            yield Expected(one, msgspec.structs.replace(asked, **{role: institution}))


def _named(one: RecordedClaim, cut: Cut) -> list[tuple[str, str | None]]:
    """The institutions of the pack that act, or are acted on; nobody in particular where there is none."""
    found = [
        ("actor" if role in ("by", "from") else "target", each.id)
        for role, arguments in one.claim.roles.items()
        for each in arguments
        if each.id in cut.pack.institutions
    ]
    return list(dict.fromkeys(found)) or [("target", None)]


def _worth(certainty: Certainty, every: list[Expected], cut: Cut) -> float:
    """How often forecasts in that word have come true, as far as can be told at the cut."""
    settled = [
        outcome.answer == (YES if one.recorded.claim.polarity is Polarity.AFFIRMED else "no")
        for one in every
        if one.recorded.claim.certainty is certainty
        and (outcome := resolve(one.question, cut)).state is State.ANSWERED
    ]
    return (MEANT[certainty] * WORTH + sum(settled)) / (WORTH + len(settled))


def _speaks(one: Expected, question: Event | Fate | Count, cut: Cut) -> bool:
    if isinstance(question, Count):
        return one.recorded.claim.kind in question.kinds and tells_of(
            one.recorded.claim, question.about, question.place, cut.pack
        )
    return happening(question, cut)(one.recorded.claim)


def _part(question: Question, told: Event, cut: Cut) -> float:
    """Days that the question leaves, of those for which the claim spoke."""
    left = min(question.closes, told.closes) - max(cut.day, told.asked)
    return max(0.0, left.days / max(1, (told.closes - told.asked).days))
