"""Which evidence would tell rivals apart: a collection plan.

For each kind of evidence, the information that stories still to come are expected to give about which rival
is right: the mutual information of the rival and of the number of them that tell of it, by the predictions of
:mod:`satrap.forecast.rivals.weigh`, from what is known now.
"""

from functools import cache

import numpy as np
import polars as pl

from satrap.forecast.exposure import Exposure
from satrap.forecast.information import entropy, information
from satrap.forecast.rivals.case import FACTORS
from satrap.forecast.rivals.matrix import Matrix
from satrap.forecast.rivals.weigh import predicted

TEN = 10.0  # stories

_MOST = 400  # counts considered


def collect(found: Matrix, seen: Exposure) -> pl.DataFrame:
    """A row for each kind of evidence, place and kind of source, those that tell most in a year first.

    ``bits_of_ten`` is what ten stories from there would tell, ``bits_of_year`` what the stories of a year,
    ``stories``, would; of ``uncertain`` bits in all.
    """
    case, chances = found.weighing.case, found.posterior

    @cache
    def bits(column: int, stories: float) -> float:
        return _bits(found, column, stories)

    rows = [
        {
            "evidence": evidence.id,
            "title": evidence.title,
            "place": place,
            "source": source.value,
            "stories": float(seen.stories[row, at]),
            "bits_of_ten": bits(column, round(TEN * seen.worth[at], 1)),
            "bits_of_year": bits(column, round(seen.stories[row, at] * seen.worth[at], 1)),
            "uncertain": entropy(chances),
        }
        for column, evidence in enumerate(case.evidence)
        for row, place in enumerate(seen.places)
        for at, source in enumerate(seen.sources)
    ]
    order = ["bits_of_year", "bits_of_ten"]
    return pl.DataFrame(rows, schema_overrides={"place": pl.String}).sort(order, descending=True)


def _bits(found: Matrix, column: int, stories: float) -> float:
    weighing, counts = found.weighing, np.arange(_MOST)
    evidence, tally = weighing.case.evidence[column], weighing.tally
    since = (int(tally.after[column]), tally.told)
    factors = [FACTORS[rival.expects[evidence.id]] for rival in weighing.case.rivals]
    given = np.stack([predicted(tally, column, one, stories, counts, since=since) for one in factors])
    more = np.maximum(1.0 - given.sum(axis=1, keepdims=True), 0.0)
    return float(information(found.posterior, np.concatenate([given, more], axis=1)))
