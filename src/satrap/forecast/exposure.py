"""From where, and from whom, stories are to be expected: what there will be to learn from.

The rate of stories that name a place is the reporting model's of the last year
(:mod:`satrap.estimate.coverage`). They divide among kinds of source as they did there, leaning on the whole
country's division as ``LEAN`` stories would:

    part[place, source] = (n[place, source] + LEAN part[source]) / (n[place] + LEAN)

A story by a source of weight w (its noise as the estimator declares it, relative to a plain claim) is worth
min(1, 1/w²) plain ones.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.claims import SourceKind
from satrap.estimate.loadings import bundled
from satrap.estimate.traits import TRAITS
from satrap.forecast.cut import Cut

Array = NDArray[np.float64]

LEAN = 5.0  # stories; judgement
_YEAR = 365.25 / 7  # weeks


@dataclass(frozen=True, eq=False)
class Exposure:
    """``stories`` (P, K) expected a year by place and kind of source, and what each kind's are ``worth``
    (K,); ``places`` begin with None, stories that name no place."""

    places: tuple[str | None, ...]
    sources: tuple[SourceKind, ...]
    stories: Array
    worth: Array

    def to_polars(self) -> pl.DataFrame:
        """A row for each place and kind of source."""
        places, sources = len(self.places), len(self.sources)
        return pl.DataFrame(
            {
                "place": [one for one in self.places for _ in range(sources)],
                "source": [one.value for one in self.sources] * places,
                "stories": self.stories.ravel(),
                "worth": np.tile(self.worth, places),
            },
            schema_overrides={"place": pl.String},
        )


def exposure(cut: Cut) -> Exposure:
    """What may be expected in the year after a cut, if it is like the year before."""
    cover = cut.coverage
    offices, periods = cover.offices, cover.periods
    whole = cover.expected[:, : max(1, periods.weeks.count // periods.length)]  # the last may be begun only
    last = max(1, round(_YEAR / periods.length))
    yearly = whole[:, -last:].mean(axis=1) * _YEAR / periods.length
    weights = bundled().sources.weights
    sources = tuple(weights)
    counts = np.zeros((len(offices.places), len(sources)))
    for places, voice in _stories(cut).values():
        rows = {row for place in places if (row := offices.province(place))} or {0}
        counts[sorted(rows), sources.index(voice)] += 1
    overall = (counts.sum(axis=0) + 1.0 / len(sources)) / (counts.sum() + 1.0)
    parts = (counts + LEAN * overall) / (counts.sum(axis=1, keepdims=True) + LEAN)
    worth = np.array([min(1.0, 1.0 / weights[one] ** 2) for one in sources])
    return Exposure((None, *offices.places[1:]), sources, yearly[:, None] * parts, worth)


def _stories(cut: Cut) -> dict[str, tuple[set[str], SourceKind]]:
    """Places that each story names, and the voice of its first claim."""
    found: dict[str, tuple[set[str], SourceKind]] = {}
    for one in cut.claims:
        places, _ = found.setdefault(one.story, (set(), one.claim.voice.kind))
        places |= TRAITS["place"](one)
    return found
