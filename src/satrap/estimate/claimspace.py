"""The claims' posterior from their covariance matrix: cubic in claims, the faster way while they are few."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.sparse import csr_array

from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.surface import place_covariance, story_sd, walk_covariance

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ClaimSpace:
    """What the claims have to do with each other whatever the hyperparameters: computed once."""

    seen: Observations

    def at(self, hyper: Hyper) -> "ClaimSpacePrior":
        """The prior of the claims' functionals at one setting of the hyperparameters."""
        return ClaimSpacePrior(self.covariance(hyper))

    def covariance(self, hyper: Hyper) -> Array:
        """K (J, J): prior covariance of the claims' functionals, with the errors that claims share."""
        touched, weeks = self._touched
        at, count = touched.astype(np.float64), self.seen.weeks.shape[1]
        walk, place = (
            weeks @ (weeks @ covariance(at, count, hyper)[:, touched]).T
            for covariance in (walk_covariance, place_covariance)
        )
        national, local, story, publisher = self._alike
        return np.asarray(
            national * walk + local * place + story_sd(hyper) ** 2 * story + hyper.slant**2 * publisher
        )

    @cached_property
    def _touched(self) -> tuple[NDArray[np.int64], csr_array]:
        weeks = np.unique(self.seen.weeks.indices)
        return weeks, self.seen.weeks[:, weeks]

    @cached_property
    def _alike(self) -> tuple[Array, Array, Array, Array]:
        """What multiplies, for each pair of claims, the covariance of the walk, that of a place's deviation,
        and the variances of a story's and a publisher's error."""
        seen = self.seen
        contrasts, reach = seen.contrasts @ seen.contrasts.T, seen.places.sum(axis=1)
        size = np.linalg.norm(seen.contrasts, axis=1)
        unit = contrasts / np.outer(size, size)
        levels = np.outer(seen.levels, seen.levels) & (seen.publishers[:, None] == seen.publishers)
        return (
            contrasts * np.outer(reach, reach),
            contrasts * (seen.places @ seen.places.T),
            unit * (seen.stories[:, None] == seen.stories),
            unit * levels,
        )


@dataclass(frozen=True, eq=False)
class ClaimSpacePrior:
    """The functionals' prior covariance K (J, J)."""

    K: Array

    @property
    def nbytes(self) -> int:
        """How much room it takes when conditioned: K and a factor."""
        return 2 * self.K.nbytes

    def condition(self, tau: Array) -> "ClaimSpaceConditioned":
        """Given Gaussian sites of precision ``tau`` (J,)."""
        root = np.sqrt(tau)
        B = self.K * root
        B *= root[:, None]
        B[np.diag_indices_from(B)] += 1.0
        factor = cholesky(B.T, lower=True, overwrite_a=True, check_finite=False)  # .T: LAPACK's order
        return ClaimSpaceConditioned(self.K, root, factor)


@dataclass(frozen=True, eq=False)
class ClaimSpaceConditioned:
    """``factor``: Cholesky of I + τ^½ K τ^½, lower (Rasmussen & Williams 2006, section 3.6)."""

    K: Array
    root: Array
    factor: Array

    @property
    def log_det(self) -> float:
        """log |I + τ^½ K τ^½|."""
        return float(2 * np.log(np.diag(self.factor)).sum())

    @cached_property
    def variance(self) -> Array:
        """Of each claim's functional given all claims, (J,)."""
        V = solve_triangular(self.factor, self.root[:, None] * self.K, lower=True, check_finite=False)
        return np.asarray(np.diag(self.K) - np.einsum("ij,ij->j", V, V))

    def mean(self, nu: Array) -> Array:
        """Means of the functionals for precision-weighted observations ``nu``, (J,) or (J, R)."""
        pulled = self.K @ nu
        root = self.root if nu.ndim == 1 else self.root[:, None]
        half = solve_triangular(self.factor, root * pulled, lower=True, check_finite=False)
        whole = solve_triangular(self.factor, half, lower=True, trans="T", check_finite=False)
        return np.asarray(pulled - self.K @ (root * whole))
