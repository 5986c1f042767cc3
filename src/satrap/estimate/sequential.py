"""The claims' posterior week by week: exact for any number of claims, at a cost that grows with them.

Algebraically a Cholesky factorisation of the claims' covariance in order of time, without ever forming it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from satrap.estimate import averages, kernels
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.plan import Plan, basis, plan
from satrap.estimate.surface import story_sd

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sequential:
    """Observations with the plan for them."""

    seen: Observations
    plan: Plan

    @classmethod
    def of(cls, seen: Observations) -> "Sequential":
        return cls(seen, plan(seen))

    def at(self, hyper: Hyper) -> "SequentialPrior":
        """The prior of the claims' functionals at one setting of the hyperparameters."""
        return SequentialPrior(self.seen, self.plan, hyper)


@dataclass(frozen=True, eq=False)
class SequentialPrior:
    """Prior of the claims' functionals at one setting of the hyperparameters."""

    seen: Observations
    plan: Plan
    hyper: Hyper

    @property
    def nbytes(self) -> int:
        """How much room it takes when conditioned: each chunk's A, X and Φ."""
        chunks, slots = _chunks(self.plan)
        return 8 * int((chunks * slots + 2 * chunks**2).sum())

    def condition(self, tau: Array) -> "SequentialConditioned":
        """Given Gaussian sites of precision ``tau`` (J,)."""
        return SequentialConditioned(self, tau, states=False)

    @cached_property
    def transition(self) -> tuple[Array, Array, Array]:
        """Variance in week 0, autoregression, and variance of a week's shock, of each value of the state."""
        hyper, span = self.hyper, self.seen.contrasts.shape[1] - 1
        nation, places = np.ones(span), np.ones(self.plan.base - span)
        phi = np.exp(-1.0 / hyper.place_weeks)
        return (
            np.concatenate([nation * hyper.start_sd**2, places * hyper.place_sd**2]),
            np.concatenate([nation, places * phi]),
            np.concatenate([nation * hyper.walk_sd**2, places * hyper.place_sd**2 * (1 - phi**2)]),
        )

    @cached_property
    def shared(self) -> tuple[Array, Array]:
        """Values of H, and the further covariances of errors."""
        sizes = np.array([1.0, story_sd(self.hyper), self.hyper.slant])
        return self.plan.values * sizes[self.plan.kinds], self.plan.pair_values * sizes[
            self.plan.pair_kinds
        ] ** 2


class SequentialConditioned:
    """The functionals given Gaussian sites of precision ``tau`` (J,), in the order of the observations."""

    def __init__(self, prior: SequentialPrior, tau: Array, states: bool) -> None:
        plan, sizes = prior.plan, prior.plan.sizes
        chunks, slots = _chunks(plan)
        A_at, X_at = _starts(chunks * slots), _starts(chunks**2)
        self._prior, self._tau = prior, np.ascontiguousarray(tau[plan.order])
        self._kept = kernels.Kept(
            A=np.empty(A_at[-1]),
            A_at=A_at,
            X=np.empty(X_at[-1]),
            Phi=np.empty(X_at[-1]),
            X_at=X_at,
            states=np.empty((len(sizes) if states else 0, plan.base * int(sizes.max()))),
        )
        values, extra = prior.shared
        self.log_det = float(kernels.forward(plan, values, self._tau, extra, *prior.transition, self._kept))

    @cached_property
    def _backward(self) -> tuple[Array, Array]:
        plan, seen = self._prior.plan, self._prior.seen
        places, institutions = seen.places.shape[1], seen.contrasts.shape[1]
        variance = np.empty(len(plan.order))
        offices = np.empty((len(self._kept.states), places, institutions))
        phi = self._prior.transition[1]
        kernels.backward(plan, self._prior.shared[0], phi, self._kept, variance, basis(institutions), offices)
        return variance, offices

    @cached_property
    def variance(self) -> Array:
        """Of each claim's functional given all claims, (J,)."""
        return self._unsorted(self._backward[0])

    def offices(self) -> Array:
        """Variance of every z[p, i, t] given all claims, (P, T, I)."""
        whole = SequentialConditioned(self._prior, self._unsorted(self._tau), states=True)
        return whole._backward[1].transpose(1, 0, 2)

    def mean(self, nu: Array) -> Array:
        """Means of the functionals for precision-weighted observations ``nu``, (J,) or (J, R)."""
        plan, columns = self._prior.plan, nu if nu.ndim == 2 else nu[:, None]
        phi, values = self._prior.transition[1], self._prior.shared[0]
        sorted_nu = np.ascontiguousarray(columns[plan.order])
        found = averages.means(plan, values, self._tau, sorted_nu, phi, self._kept)
        return self._unsorted(found).reshape(nu.shape)

    def _unsorted(self, values: Array) -> Array:
        out = np.empty_like(values)
        out[self._prior.plan.order] = values
        return out


def _chunks(plan: Plan) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Claims in each chunk, and slots in use in its week."""
    return np.diff(plan.chunks), np.repeat(plan.sizes, np.diff(plan.week_chunks))


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
