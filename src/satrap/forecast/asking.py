"""The questions of a backtest: made by rule on each day, from what the pack has and what was known by then.

Nobody chose them because of how they came out. Those about institutions are asked of each that shares
authority; a count asks for one story more than the middle of the past two years' quarters.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from satrap.claims import kinds
from satrap.forecast.about import stories
from satrap.forecast.cut import Cut
from satrap.forecast.months import months_after
from satrap.forecast.questions import AnyQuestion, Count, Event, Fate, Gain, Level

TAKING = ("extortion", "bribery", "violence")
TERMS = (6, 12)  # months
QUARTER, _QUARTERS = 3, 8  # months; quarters that are looked back
_FAMILIES = ("personnel", "command", "conduct", "public")


def questions(cut: Cut) -> list[AnyQuestion]:
    """The questions asked at the end of the cut's day."""
    return [*_of_institutions(cut), *_of_counts(cut)]


def _of_institutions(cut: Cut) -> Iterator[AnyQuestion]:
    asked, pack = cut.day, cut.pack
    for months in TERMS:
        by = months_after(asked, months)
        for one in pack.authority:
            post = pack.head_post(one)
            if post is not None:
                yield Fate(asked=asked, fate="falls", post=post.id, institution=one, by=by)
            yield Event(asked=asked, kinds=("inspection",), target=one, by=by)
            yield Event(asked=asked, kinds=TAKING, actor=one, by=by)
            yield Level(asked=asked, institution=one, way="lower", on=by, than=asked)
        yield Gain(asked=asked, among=pack.authority, first=asked, last=by)


def _of_counts(cut: Cut) -> Iterator[Count]:
    first, last = cut.day + timedelta(days=1), months_after(cut.day, QUARTER)
    for family in _FAMILIES:
        of = tuple(name for name, schema in kinds().items() if schema.family == family)
        for about in (None, *cut.pack.authority):
            one = Count(asked=cut.day, kinds=of, about=about, first=first, last=last, least=1)
            yield _usual(one, cut)


def _usual(question: Count, cut: Cut) -> Count:
    """At least one more than in the median quarter before."""
    told = [
        len(stories(_moved(question, months_after(cut.day, -QUARTER * back)), cut))
        for back in range(1, _QUARTERS + 1)
    ]
    least = 1 + int(median(told))
    return Count(
        asked=question.asked,
        kinds=question.kinds,
        about=question.about,
        first=question.first,
        last=question.last,
        least=least,
    )


def _moved(question: Count, asked: date) -> Count:
    first, last = asked + timedelta(days=1), months_after(asked, QUARTER)
    return Count(asked=asked, kinds=question.kinds, about=question.about, first=first, last=last, least=1)
