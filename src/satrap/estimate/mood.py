"""Public mood: support for those in power by place and week, from what residents are said to feel and do.

The same model as of authority, with two "institutions", those in favour and those against: national random
walk, a place's own deviation, stories, publishers' slants, learned noise, mixture over hyperparameters. A
claim of favourable or unfavourable feeling is a noisy sign of the level in its window.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from math import log

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, PositiveFloat
from scipy.special import expit

from satrap import yamlfile
from satrap.claims import Direction, Horizon, Polarity, RecordedClaim, Status
from satrap.country import Pack
from satrap.errors import EstimateError
from satrap.estimate.change import PRIOR_DOMINATED
from satrap.estimate.copies import in_order, without_copies, without_crowds
from satrap.estimate.coverage import PROBS
from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.hyper import Prior
from satrap.estimate.loadings import bundled
from satrap.estimate.observations import Unused, declared_noise, groups, level, place, window
from satrap.estimate.offices import Offices, UnusableClaimError
from satrap.estimate.posterior import Posterior, Progress, fit
from satrap.estimate.tables import band_columns
from satrap.estimate.weeks import Weeks

Array = NDArray[np.float64]

_FAVOUR = np.array([0.5, -0.5])  # of (for, against), which sum to zero


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MoodRule(_Declared):
    """How one kind of claim is read."""

    loading: PositiveFloat
    sign: Direction | None = None
    source: str = Field(min_length=1)


class MoodPriors(_Declared):
    """Everything that is believed of moods before a claim is seen."""

    kinds: dict[str, MoodRule]
    hyperparameters: dict[str, Prior]


@cache
def mood_priors() -> MoodPriors:
    """The priors that come with satrap; raises EstimateError naming file, line and key of a bad edit."""
    return yamlfile.load(files(__package__).joinpath("mood.yaml"), MoodPriors, EstimateError)


@dataclass(frozen=True, eq=False)
class Mood:
    """``support`` (S, P, T): draws of the part of residents in favour of those in power, 0 to 1, by province
    and week; ``narrowing`` (P, T): posterior over prior standard deviation of its log odds."""

    pack: Pack = field(repr=False)
    places: tuple[str, ...]
    weeks: Weeks
    posterior: Posterior = field(repr=False)
    support: NDArray[np.float32] = field(repr=False)
    narrowing: Array = field(repr=False)
    unused: tuple[Unused, ...] = field(repr=False)

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of the claims that are observations."""
        return self.posterior.seen.claims

    @property
    def prior_only(self) -> bool:
        """Whether no claim was usable, so that everything here is the prior."""
        return not self.used

    def to_polars(self) -> pl.DataFrame:
        """A row per week and place: mean ``support``, 50, 80 and 95% bands, ``prior_dominated``. The
        country's own id is the nation: provinces by their residents."""
        weights = _residents(self.pack, self.places)
        nation = np.einsum("p,spt->st", weights, self.support)
        dominated = np.average(self.narrowing > PRIOR_DOMINATED, axis=0, weights=weights) > 0.5
        own = self.support.transpose(1, 0, 2), self.narrowing > PRIOR_DOMINATED
        names = [self.pack.place(one).name for one in self.places]
        tables = [self._table(self.pack.code, f"{self.pack.name} (all)", nation, dominated)]
        if self.places != (self.pack.code,):
            tables += map(self._table, self.places, names, *own)
        return pl.concat(tables).sort("week", "place")

    def _table(self, place: str, name: str, support: Array, dominated: NDArray[np.bool_]) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "week": np.array(self.weeks.mondays, dtype="datetime64[D]"),
                "place": [place] * self.weeks.count,
                "place_name": [name] * self.weeks.count,
                "support": support.mean(axis=0, dtype=np.float64),
                **band_columns(support.astype(np.float64), PROBS),
                "prior_dominated": dominated,
            }
        )


def mood(
    claims: Sequence[RecordedClaim],
    pack: Pack,
    *,
    start: date,
    end: date,
    seed: int = 0,
    progress: Progress | None = None,
) -> Mood:
    """What residents are said to feel toward those in power; without a usable claim, the prior. Raises
    EstimateError where the span is empty or a single week."""
    weeks, offices, priors = Weeks.spanning(start, end), Offices(pack), mood_priors()
    if weeks.count < 2:
        raise EstimateError(f"{start} to {end} is a single week", remedy="estimate over at least two weeks")
    places = offices.places[1:] or offices.places
    pairs, unused = place(in_order(claims), lambda one: _functional(one, offices, places, weeks))
    told_once, copies = without_copies(pairs)
    kept, crowded = without_crowds(told_once)
    seen = Observations.stack([row for _, row in kept], 2, len(places), weeks.count)
    told = progress or (lambda *_: None)
    posterior = fit(seen, priors.hyperparameters, seed=seed, progress=told)
    surfaces, narrowing = posterior.draw(seed, told)
    favour = expit(surfaces[..., 0] - surfaces[..., 1])
    return Mood(pack, places, weeks, posterior, favour, narrowing[..., 0], (*unused, *copies, *crowded))


def _functional(
    recorded: RecordedClaim, offices: Offices, places: tuple[str, ...], weeks: Weeks
) -> Functional:
    claim = recorded.claim
    rule = mood_priors().kinds.get(claim.kind)
    if rule is None:
        raise UnusableClaimError("not a mood")
    if claim.status is Status.REJECTED:
        raise UnusableClaimError("rejected in review")
    if claim.horizon is Horizon.FUTURE:
        raise UnusableClaimError("a forecast is not an observation")
    way = rule.sign or claim.direction
    if way not in (Direction.UP, Direction.DOWN):
        raise UnusableClaimError("neither favourable nor unfavourable")
    if offices.side(claim.arguments("of")).any():
        raise UnusableClaimError("a mood of the apparatus, not of the public")
    gain = (way is Direction.UP) != (claim.polarity is Polarity.DENIED)
    first, last, _ = window(recorded, weeks, bundled())
    return Functional(
        claim=recorded.id,
        story=recorded.story,
        contrast=_FAVOUR if gain else -_FAVOUR,
        places=_where(recorded, offices, places),
        weeks=level(first, last, weeks),
        news=0.0 if claim.polarity is Polarity.DENIED else 1.0 if gain else -1.0,
        log_noise=declared_noise(claim, bundled()) - log(rule.loading),
        level=True,
        publisher=recorded.outlet or recorded.publisher,
        groups=groups(recorded),
    )


def _where(recorded: RecordedClaim, offices: Offices, places: tuple[str, ...]) -> Array:
    """Weights (P,) of the provinces it speaks of; of all by their residents where it names none."""
    claim = recorded.claim
    told = [*claim.places, *(place for one in claim.arguments("of") for place in one.places)]
    named = {at for place in told if (at := offices.province(place))}
    if not named:
        return _residents(offices.pack, places)
    return np.asarray(np.isin(np.arange(1, len(places) + 1), sorted(named)) / len(named))


def _residents(pack: Pack, places: tuple[str, ...]) -> Array:
    """Each place's part of the residents, (P,); alike where the pack does not count them."""
    people = np.array([pack.residents().get(one, 0) for one in places], dtype=np.float64)
    return np.asarray(people / people.sum() if people.sum() > 0 else np.full(len(places), 1 / len(places)))
