"""Worlds drawn from the estimator's model and its priors: a truth, and claims on it."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.hyper import NAMES, Hyper, hyper_at
from satrap.estimate.loadings import bundled
from satrap.estimate.surface import bounds, draw_errors, draw_place, draw_walk, own_noise_sd

Array = NDArray[np.float64]
PRIORS = bundled().hyperparameters


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is, and how its claims are dated.

    ``lags`` are the weeks a claim on a change looks back, drawn uniformly; ``levels`` is the part of claims
    that speak of a level; ``state`` the part that speak of the whole state rather than of one place; ``news``
    the part of claims on a change that tell of a loss or gain of office; ``story`` the claims of one telling.
    """

    institutions: int
    places: int
    weeks: int
    claims: int
    publishers: int
    lags: tuple[int, ...]
    levels: float = 0.25
    state: float = 0.2
    news: float = 0.3
    story: int = 3


SMALL = Size(institutions=3, places=3, weeks=60, claims=40, publishers=3, lags=(6, 8, 10))
# 76,440 latents: 7 contrasts × 14 places × 780 weeks. A dated claim looks back 4 weeks before its window and
# forward to publication, a median of 10 days later: 5 to 8 weeks; an undated one 17 or 30.
TARGET = Size(
    institutions=8, places=14, weeks=780, claims=2_000, publishers=8, lags=(5, 5, 6, 6, 6, 7, 7, 8, 17, 30)
)
LARGE = replace(TARGET, claims=50_000, publishers=30)


@dataclass(frozen=True, eq=False)
class World:
    """``truth`` (P, T, I) and the observations, with the setting they were drawn at."""

    hyper: Hyper
    truth: Array
    seen: Observations


def world(size: Size, seed: int) -> World:
    """A setting from the prior, a surface from the setting, and what is told of the surface."""
    rng = np.random.default_rng(seed)
    rows = [_spoken(size, rng, number) for number in range(size.claims)]
    axes = size.institutions, size.places, size.weeks
    seen = Observations.stack(rows, *axes)
    hyper = hyper_at(PRIORS, seen.groups, rng.standard_normal(len(NAMES) + len(seen.groups)))
    walk = draw_walk(rng, hyper, size.weeks, size.institutions, 1)[:, 0]
    truth = np.stack(
        [walk + draw_place(rng, hyper, size.weeks, size.institutions, 1)[:, 0] for _ in range(size.places)]
    )
    spoken = seen.weeks @ truth.transpose(1, 0, 2).reshape(size.weeks, -1)
    spoken = spoken.reshape(len(rows), size.places, size.institutions)
    told = np.einsum("jpi,jp,ji->j", spoken, seen.places, seen.contrasts)
    told += draw_errors(rng, seen, hyper, 1)[:, 0] + own_noise_sd(seen, hyper) * rng.standard_normal(
        len(rows)
    )
    turned = [
        row if value > bound else replace(row, contrast=-row.contrast, news=-row.news)
        for row, value, bound in zip(rows, told, bounds(seen, hyper)[0], strict=True)
    ]
    return World(hyper, truth, Observations.stack(turned, *axes))


def _spoken(size: Size, rng: np.random.Generator, number: int) -> Functional:
    contrast, places = np.zeros(size.institutions), np.zeros(size.places)
    contrast[rng.integers(size.institutions)] = 1.0
    if rng.random() < 0.2:
        contrast[rng.choice(np.flatnonzero(contrast == 0))] = -1.0
    if rng.random() < size.state:
        places[0], places[1:] = 0.5, 0.5 / (size.places - 1)
    else:
        places[rng.integers(size.places)] = 1.0
    # One story's claims are told at one time, by one publisher
    story = np.random.default_rng([number // size.story, size.claims])
    longest = max(size.lags)
    week = min(int(story.integers(longest, size.weeks)) + int(rng.integers(2)), size.weeks - 1)
    publisher = f"p{story.integers(size.publishers)}"
    level = rng.random() < size.levels
    hedge = (("certainty", "possible"),) if rng.random() < 0.3 else ()
    return Functional(
        f"c{number}",
        f"s{number // size.story}",
        contrast,
        places,
        ((week, 1.0),) if level else ((week, 1.0), (week - int(rng.choice(size.lags)), -1.0)),
        log_noise=0.8 if hedge else float(rng.choice([0.0, 0.2, 0.4])),
        news=-float(not level and rng.random() < size.news),
        level=level,
        publisher=publisher,
        groups=(("publisher", publisher), ("source", f"k{rng.integers(2)} of {publisher}"), *hedge),
    )
