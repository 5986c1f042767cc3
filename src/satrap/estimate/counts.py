"""Counts and signs of a latent Gaussian field: negative-binomial intensities with learned overdispersion.

    η = offset + A x,   x ~ N(0, Q⁻¹(θ)),   count ~ NB(mean exp(η), variance μ + μ² · overdispersion)
                                            sign  = sign of η + noise, noise ~ N(0, 1)

Both likelihoods are log-concave in η. Given the hyperparameters θ, x is approximated at its mode (Laplace;
Rue, Martino & Chopin 2009, J. R. Stat. Soc. B 71); θ is not fixed but drawn from its own posterior, by
importance sampling around the mode, as for authority.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_array, diags_array, vstack
from scipy.special import gammaln, log_ndtr, logsumexp
from scipy.stats import norm, qmc

from satrap.estimate.hyper import Prior
from satrap.estimate.parallel import one_thread_each

Array = NDArray[np.float64]

OVERDISPERSION = "overdispersion"

_POINTS = 6  # powers of two: settings of the hyperparameters
_PAIRS = 256  # of draws, each with its mirror image about the mode
_STEPS = 60  # of Newton's method
_SETTLED = 1e-8
_BEND = 0.2  # of difference quotients, in prior standard deviations
_VARIANCES = (1e-2, 2.0)  # of the proposal along any direction; the prior's is 1
_LARGEST = 40.0  # of η: e⁴⁰ reports are more than there ever were


@dataclass(frozen=True, slots=True)
class Block:
    """``size`` latents of standard deviation ``sd`` (a hyperparameter, or a number): independent, or, with
    ``walk``, random walks of so many periods each, whose steps (the first from zero) have that deviation."""

    size: int
    sd: str | float
    walk: int = 0


@dataclass(frozen=True, eq=False)
class Told:
    """R rows: ``design`` (R, n) sparse, ``offset`` (R,), and ``count`` (R,) or, where ``sign`` is not zero, a
    sign (R,)."""

    design: csr_array
    offset: Array
    count: Array
    sign: Array

    @classmethod
    def counts(cls, design: csr_array, offset: Array, count: Array, told: bool | np.bool_) -> "Told":
        """Rows of counts; none where nothing was ``told`` at all, since then zeros are no observations."""
        kept = len(count) if told else 0
        return cls(design[:kept], offset[:kept], count[:kept], np.zeros(kept))

    @classmethod
    def signs(cls, design: csr_array, sign: Array) -> "Told":
        """Rows of signs."""
        return cls(design, np.zeros(len(sign)), np.zeros(len(sign)), sign)

    def and_(self, other: "Told") -> "Told":
        """The rows of both."""
        return Told(
            csr_array(vstack([self.design, other.design])),
            np.concatenate([self.offset, other.offset]),
            np.concatenate([self.count, other.count]),
            np.concatenate([self.sign, other.sign]),
        )

    def terms(self, eta: Array, overdispersion: float) -> tuple[Array, Array, Array]:
        """log p, its slope and its negative curvature in η, each (R,)."""
        size, y = 1 / overdispersion, self.count
        eta = np.clip(eta, -_LARGEST, _LARGEST)
        mu = np.exp(eta)
        log_p = gammaln(y + size) - gammaln(size) - gammaln(y + 1) + size * np.log(size)
        log_p += y * eta - (y + size) * np.log(size + mu)
        slope = y - (y + size) * mu / (size + mu)
        curvature = (y + size) * size * mu / (size + mu) ** 2
        at = self.sign * eta
        log_sign = log_ndtr(at)
        ratio = np.exp(-0.5 * at**2 - 0.5 * np.log(2 * np.pi) - log_sign)
        told = self.sign != 0
        return (
            np.where(told, log_sign, log_p),
            np.where(told, self.sign * ratio, slope),
            np.where(told, np.clip(ratio * (at + ratio), 0.0, 1.0), curvature),
        )


@dataclass(frozen=True, eq=False)
class Field:
    """Draws (S, n) of the latents, each with its ``overdispersion`` (S,), and as many draws of the latents
    from before anything was told."""

    draws: Array
    overdispersion: Array
    prior_draws: Array

    def of(self, design: csr_array) -> Array:
        """A linear functional of the latents, drawn, (S, rows)."""
        return np.asarray((design @ self.draws.T).T)

    def narrowing(self, design: csr_array) -> Array:
        """Posterior over prior standard deviation of a linear functional, (rows,)."""
        before = (design @ self.prior_draws.T).std(axis=1)
        return np.asarray((design @ self.draws.T).std(axis=1) / np.maximum(before, np.finfo(np.float64).tiny))


def infer(told: Told, blocks: Sequence[Block], priors: Mapping[str, Prior], seed: int) -> Field:
    """The latents given what was told, mixed over the hyperparameters; without any row, their prior.

    ``priors`` holds each hyperparameter that a block names, and the overdispersion.
    """
    names = list(priors)

    def values(u: Array) -> dict[str, float]:
        return {name: priors[name].value(float(x)) for name, x in zip(names, u, strict=True)}

    rng = np.random.default_rng(seed)
    settings = [values(u) for u in rng.standard_normal((2 * _PAIRS, len(names)))]
    prior = np.array([_prior_draw(rng, blocks, one) for one in settings])
    if told.design.shape[0] == 0:
        return Field(prior, np.array([one[OVERDISPERSION] for one in settings]), prior)
    last = [np.zeros(sum(block.size for block in blocks))]

    def surprise(u: Array) -> float:
        found, last[0], _ = _laplace(told, blocks, values(u), last[0])
        return 0.5 * float(u @ u) - found

    drawn, spreads = [], []
    with one_thread_each():
        points, weights = _settings(surprise, len(names), seed)
        for u, count in zip(points, _multiplicities(weights), strict=True):
            if count == 0:
                continue
            _, mode, factor = _laplace(told, blocks, values(u), last[0])
            away = solve_triangular(factor, rng.standard_normal((len(mode), count)), lower=True, trans="T").T
            drawn += [mode + away, mode - away]
            spreads += [np.full(2 * count, values(u)[OVERDISPERSION])]
    return Field(np.concatenate(drawn), np.concatenate(spreads), prior)


def _laplace(
    told: Told, blocks: Sequence[Block], values: Mapping[str, float], start: Array
) -> tuple[float, Array, Array]:
    """log ∫ p(told | x) p(x) dx by Laplace, the mode (n,) and the lower Cholesky factor of the precision."""
    precision, log_det = _precision(blocks, values)
    design, spread = told.design, values[OVERDISPERSION]

    def objective(x: Array) -> tuple[float, Array, Array]:
        log_p, slope, curvature = told.terms(told.offset + design @ x, spread)
        return float(log_p.sum() - 0.5 * x @ precision @ x), slope, curvature

    x, (value, slope, curvature) = start, objective(start)
    for _ in range(_STEPS):
        bend = precision + (design.T @ diags_array(curvature) @ design).toarray()
        factor, _ = cho_factor(bend, lower=True)
        uphill = design.T @ slope - precision @ x
        step = cho_solve((factor, True), uphill)
        gain = float(uphill @ step)
        if gain < _SETTLED:
            break
        length = 1.0
        while True:
            trial = objective(x + length * step)
            if trial[0] >= value or length < 1e-6:
                break
            length /= 2
        x, (value, slope, curvature) = x + length * step, trial
    size = float(np.log(np.diag(factor)).sum())
    return value + 0.5 * log_det - size, x, np.tril(factor)


def _precision(blocks: Sequence[Block], values: Mapping[str, float]) -> tuple[Array, float]:
    """Of the latents before anything is told, (n, n), and the logarithm of its determinant."""
    total = sum(block.size for block in blocks)
    out, at, log_det = np.zeros((total, total)), 0, 0.0
    for block in blocks:
        sd = _sd(block, values)
        one = np.eye(max(block.walk, 1))
        steps = one - np.eye(len(one), k=-1)
        inner = np.kron(np.eye(block.size // len(one)), steps.T @ steps) / sd**2
        out[at : at + block.size, at : at + block.size] = inner
        log_det -= 2 * block.size * float(np.log(sd))
        at += block.size
    return out, log_det


def _prior_draw(rng: np.random.Generator, blocks: Sequence[Block], values: Mapping[str, float]) -> Array:
    parts = []
    for block in blocks:
        steps = _sd(block, values) * rng.standard_normal(block.size)
        parts.append(np.cumsum(steps.reshape(-1, max(block.walk, 1)), axis=1).ravel())
    return np.concatenate(parts)


def _sd(block: Block, values: Mapping[str, float]) -> float:
    return values[block.sd] if isinstance(block.sd, str) else block.sd


def _settings(surprise: Callable[[Array], float], width: int, seed: int) -> tuple[Array, Array]:
    """Points u (M, width) around the posterior's mode, where u ~ N(0, I) before, and their weights (M,)."""
    options = {"maxiter": 20, "gtol": 0.1, "eps": 1e-3}
    mode = minimize(surprise, np.zeros(width), method="L-BFGS-B", options=options).x
    steps = _BEND * np.eye(width)
    here = surprise(mode)
    hessian = np.empty((width, width))
    for i in range(width):
        for j in range(i + 1):
            if i == j:
                second = surprise(mode + steps[i]) - 2 * here + surprise(mode - steps[i])
            else:
                both, apart = steps[i] + steps[j], steps[i] - steps[j]
                second = surprise(mode + both) + surprise(mode - both)
                second = (second - surprise(mode + apart) - surprise(mode - apart)) / 4
            hessian[i, j] = hessian[j, i] = second / _BEND**2
    curvatures, vectors = np.linalg.eigh(hessian)
    low, high = _VARIANCES
    scales = np.sqrt(1 / np.clip(curvatures, 1 / high, 1 / low))
    uniform = qmc.Sobol(width, scramble=True, rng=np.random.default_rng(seed)).random_base2(_POINTS)
    normal = norm.ppf(np.clip(uniform, 1e-9, 1 - 1e-9))
    points = mode + (normal * scales) @ vectors.T
    log_weights = -np.array([surprise(u) for u in points]) + 0.5 * (normal**2).sum(axis=1)
    weights = np.minimum(np.exp(log_weights - logsumexp(log_weights)), len(points) ** -0.5)
    return points, weights / weights.sum()


def _multiplicities(weights: Array) -> NDArray[np.int64]:
    """How many of the draws each setting gives: systematic resampling."""
    ends = np.floor(np.cumsum(weights) * _PAIRS + 0.5).astype(np.int64)
    ends[-1] = _PAIRS
    return np.diff(ends, prepend=0)
