"""The mixture against NUTS on the same model (NumPyro, in the extra ``oracle``).

python -m benchmarks.estimate_nuts small 0      # world 0; small: half a minute, target: an hour or so
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.estimate_sbc import SIZES
from benchmarks.estimate_worlds import PRIORS, World, world
from benchmarks.rows import FIGURES, Row
from satrap.estimate.functionals import Observations
from satrap.estimate.hyper import NAMES
from satrap.estimate.plan import basis
from satrap.estimate.posterior import fit

EVERY = 10  # weeks between the offices compared
_DRAWN = 400  # offices whose means and deviations are kept to be drawn
_ENOUGH = 400  # effective draws after which NUTS might have been stopped
COMMAND = "python -m benchmarks.estimate_nuts {name} {seed}"
_STEPS = {"small": (500, 2_000), "target": (300, 700)}  # of warming up, and kept


def kept(name: str, seed: int) -> Path:
    """Where a comparison is kept."""
    return FIGURES / "estimate" / f"nuts-{name}-{seed}.json"


def sampled(seen: Observations, steps: tuple[int, int], seed: int) -> tuple[np.ndarray, dict[str, float]]:
    """NUTS draws (S, P, T / EVERY, I) of the surface, with time, divergences, R-hat and effective size.

    The same model as the estimator's, every normal in standard units (non-centred).
    """
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from jax.scipy.special import log_ndtr
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    if not (np.isinf(seen.upper).all() and (seen.lower == 0).all()):
        raise ValueError("only one-sided claims: the worlds of the benchmark have no others")
    (count, weeks), (places, institutions) = seen.weeks.shape, (seen.places.shape[1], seen.contrasts.shape[1])
    H = basis(institutions)
    contrasts = seen.contrasts @ H
    units = jnp.array(contrasts / np.linalg.norm(contrasts, axis=1, keepdims=True))
    longest = int(np.diff(seen.weeks.indptr).max())
    at, weight = np.zeros((count, longest), dtype=int), np.zeros((count, longest))
    for j in range(count):
        part = slice(seen.weeks.indptr[j], seen.weeks.indptr[j + 1])
        at[j, : part.stop - part.start], weight[j, : part.stop - part.start] = (
            seen.weeks.indices[part],
            seen.weeks.data[part],
        )
    kinds = [NAMES.index(kind) for kind, _ in seen.groups]
    members = jnp.array(seen.members.toarray())
    medians = [PRIORS[name] for name in NAMES]

    def value(prior: Any, u: Any) -> Any:
        if prior.scale == "log":
            return prior.median * jnp.exp(prior.spread * u)
        return 1.0 / (1.0 + (1.0 / prior.median - 1.0) * jnp.exp(-prior.spread * u))

    def autoregression(shocks: Any, phi: Any) -> Any:
        def join(left: Any, right: Any) -> Any:
            return left[0] * right[0], right[0] * left[1] + right[1]

        scale = jnp.full((weeks, 1, 1), phi)
        return jax.lax.associative_scan(join, (jnp.broadcast_to(scale, shocks.shape), shocks))[1]

    def model() -> None:
        def normal(name: str, *shape: int) -> Any:
            return numpyro.sample(name, dist.Normal(0, 1).expand(shape).to_event(len(shape)))

        u, slopes = normal("u", len(NAMES)), normal("slopes", len(kinds))
        hyper = dict(zip(NAMES, (value(prior, u[k]) for k, prior in enumerate(medians)), strict=True))
        spreads = jnp.array([hyper[name] for name in NAMES])[jnp.array(kinds, dtype=int)]
        steps_walk = normal("walk", weeks, len(H[0])) * hyper["walk_sd"]
        walk = jnp.cumsum(steps_walk.at[0].multiply(hyper["start_sd"] / hyper["walk_sd"]), axis=0)
        phi = jnp.exp(-1.0 / hyper["place_weeks"])
        shocks = normal("places", weeks, places, len(H[0])) * hyper["place_sd"]
        shocks = shocks.at[1:].multiply(jnp.sqrt(1 - phi**2))
        z = walk[:, None] + autoregression(shocks, phi)  # (T, P, I − 1)
        local = jnp.einsum("jlpr,jp,jr->jl", z[at], jnp.array(seen.places), jnp.array(contrasts))
        noise = hyper["noise"] * jnp.exp(jnp.array(seen.log_noise) + members @ (spreads * slopes))
        story = normal("story", int(seen.stories.max()) + 1, len(H[0]))[seen.stories]
        slant = normal("slant", int(seen.publishers.max()) + 1, len(H[0]))[seen.publishers]
        f = (local * weight).sum(axis=1)
        f += hyper["noise"] * jnp.sqrt(hyper["story"]) * (story * units).sum(axis=1)
        f += hyper["slant"] * jnp.array(seen.levels) * (slant * units).sum(axis=1)
        lower = jnp.array(seen.news) * hyper["bad_news"] * noise
        numpyro.factor("claims", log_ndtr((f - lower) / (noise * jnp.sqrt(1 - hyper["story"]))).sum())
        numpyro.deterministic("z", z[::EVERY].transpose(1, 0, 2) @ H.T)

    sites = ("u", "z")
    warm, keep = steps
    sampler = MCMC(NUTS(model), num_warmup=warm, num_samples=keep, progress_bar=False)
    before = time.perf_counter()
    sampler.run(jax.random.PRNGKey(seed), extra_fields=("diverging", "num_steps"))
    seconds = time.perf_counter() - before
    found = {site: np.asarray(sampler.get_samples(group_by_chain=True)[site]) for site in sites}
    flat = found["z"].reshape(1, keep, -1)
    extra = sampler.get_extra_fields()
    effective = np.concatenate(
        [effective_sample_size(flat[:, :, ::7]).ravel(), effective_sample_size(found["u"]).ravel()]
    )
    return found["z"][0], {
        "seconds": seconds,
        "divergences": float(extra["diverging"].sum()),
        "steps": float(extra["num_steps"].mean()),
        "draws": float(keep),
        "rhat": float(
            max(np.nanmax(split_gelman_rubin(flat[:, :, ::7])), np.nanmax(split_gelman_rubin(found["u"])))
        ),
        "ess_median": float(np.median(effective)),
        "ess_least": float(effective.min()),
    }


def mixed(drawn: World, seed: int) -> tuple[np.ndarray, float]:
    """The estimator's draws at the same offices, and the seconds they took."""
    before = time.perf_counter()
    posterior = fit(drawn.seen, PRIORS, seed=seed, progress=lambda _stage, _done: None)
    surfaces, _ = posterior.draw(seed, lambda _stage, _done: None)
    return surfaces[:, :, ::EVERY], time.perf_counter() - before


def compare(name: str, seed: int) -> tuple[dict[str, float], dict[str, list[float]]]:
    """One world by both ways: distances of means in NUTS's standard deviations, and ratios of deviations;
    and the means and deviations themselves at some offices."""
    drawn = world(SIZES[name], seed)
    ours, seconds = mixed(drawn, seed)
    theirs, told = sampled(drawn.seen, _STEPS[name], seed)
    sd = theirs.std(axis=0)
    means = theirs.mean(axis=0), ours.mean(axis=0, dtype=np.float64)
    sds = sd, ours.std(axis=0, dtype=np.float64)
    apart, ratio = np.abs(means[1] - means[0]) / sd, sds[1] / sd
    shown = np.random.default_rng(seed).choice(sd.size, min(_DRAWN, sd.size), replace=False)
    columns = zip(("nuts_mean", "mean", "nuts_sd", "sd"), (*means, *sds), strict=True)
    offices = {key: [round(float(one), 4) for one in of.ravel()[shown]] for key, of in columns}
    found = {
        "apart_p95": float(np.quantile(apart, 0.95)),
        "ratio": float(np.median(ratio)),
        "ratio_p5": float(np.quantile(ratio, 0.05)),
        "ratio_p95": float(np.quantile(ratio, 0.95)),
        "our_seconds": seconds,
        "claims": float(len(drawn.seen)),
    } | {f"nuts_{key}": value for key, value in told.items()}
    return found, offices


def rows(name: str) -> list[Row]:
    """The comparisons kept, averaged over worlds."""
    found = [
        json.loads(path.read_text()) for path in sorted(kept(name, 0).parent.glob(f"nuts-{name}-*.json"))
    ]
    if not found:
        return []
    mean = {key: float(np.mean([each[key] for each in found])) for key in found[0] if key != "offices"}
    until = {key: mean["nuts_seconds"] * _ENOUGH / mean[f"nuts_ess_{key}"] for key in ("median", "least")}
    nuts = (
        f"NUTS in {mean['nuts_seconds']:.0f} s: R-hat at most {mean['nuts_rhat']:.2f}, effective draws "
        f"{mean['nuts_ess_median']:.0f} (median), {mean['nuts_ess_least']:.0f} (least), "
        f"{mean['nuts_divergences']:.0f} divergences; the mixture in {mean['our_seconds']:.0f} s"
    )
    command = COMMAND.format(name=name, seed=0)
    return [
        Row(
            id=f"estimate.nuts.{name}.mean", value=mean["apart_p95"], target=0.19, better="lower", unit="sd",
            n=len(found), command=command, note=f"95th percentile over offices of |Δ mean| / sd; {nuts}",
        ),
        Row(
            id=f"estimate.nuts.{name}.sd", value=abs(mean["ratio"] - 1), target=0.03, better="lower",
            unit="ratio", n=len(found), spread=(mean["ratio_p5"], mean["ratio_p95"]), command=command,
            note=f"median ratio of standard deviations {mean['ratio']:.3f}, distance from 1; spread: 5th and "
            "95th percentile of the ratio over offices",
        ),
        Row(
            id=f"estimate.nuts.{name}.time", value=mean["our_seconds"], target=None, better="lower", unit="s",
            n=len(found), command=command, peer_value=round(until["least"], 1),
            peer=f"NUTS until everything has {_ENOUGH} effective draws, its warming up in proportion",
            note=f"{until['least'] / mean['our_seconds']:.1f} times; until the median has as many "
            f"{until['median']:.0f} s",
        ),
    ]  # fmt: skip


def main(name: str, seed: int) -> None:
    """Run one world and keep what was found."""
    path = kept(name, seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    found, offices = compare(name, seed)
    rounded = {key: round(value, 4) for key, value in found.items()}
    path.write_text(json.dumps({**rounded, "offices": offices}) + "\n")
    print(found)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
