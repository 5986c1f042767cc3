"""Simulation-based calibration with the hyperparameters unknown (Talts et al. 2018, arXiv:1804.06788).

    python -m benchmarks.estimate_sbc small 500     # worlds 0 … 499; goes on where an earlier run stopped

For each world drawn from the model, the position of the truth among the posterior's draws: of four quantities
at random offices and weeks, of each hyperparameter, and whether the 50, 80, 90 and 95% bands hold it at every
office in every tenth week.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.special import softmax
from scipy.stats import chisquare

from benchmarks.estimate_worlds import PRIORS, SMALL, TARGET, Size, world
from benchmarks.rows import FIGURES, Row
from satrap.estimate.hyper import NAMES
from satrap.estimate.posterior import fit
from satrap.estimate.tables import quantiles

SIZES = {"small": SMALL, "target": TARGET}
PROBS = (0.5, 0.8, 0.9, 0.95)
QUANTITIES = ("level", "share", "change", "contrast")
COMMAND = "python -m benchmarks.estimate_sbc {name} {n}"
_EVERY = 10
_BINS = 20


def kept(name: str) -> Path:
    """Where the results of a size are kept, a line per world."""
    return FIGURES / "estimate" / f"sbc-{name}.jsonl"


def results(name: str) -> list[dict[str, object]]:
    """What has been run so far."""
    path = kept(name)
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def one(size: Size, seed: int) -> dict[str, object]:
    """One world, fitted."""
    drawn = world(size, seed)
    posterior = fit(drawn.seen, PRIORS, seed=seed, progress=lambda _stage, _done: None)
    surfaces, _ = posterior.draw(seed, lambda _stage, _done: None)
    levels = [(1 + sign * prob) / 2 for prob in PROBS for sign in (-1, 1)]
    ends = quantiles(np.sort(surfaces[:, :, ::_EVERY], axis=0), levels)
    truth = drawn.truth[:, ::_EVERY]
    inside = [float(((truth >= low) & (truth <= high)).mean()) for low, high in zip(ends[::2], ends[1::2])]  # noqa: B905
    rng = np.random.default_rng([seed, 1])
    place, i, other = rng.integers(size.places), *rng.choice(size.institutions, 2, replace=False)
    before, after = np.sort(rng.choice(size.weeks, 2, replace=False))

    def quantities(z: np.ndarray) -> list[np.ndarray]:
        at = z[:, place]
        return [
            at[:, after, i],
            softmax(at[:, before], axis=1)[:, other],
            at[:, after, i] - at[:, before, i],
            at[:, before, i] - at[:, before, other],
        ]

    told = zip(quantities(surfaces.astype(np.float64)), quantities(drawn.truth[None]), strict=True)
    parts, counts = posterior.parts, [part.count for part in posterior.parts]
    return {
        "seed": seed,
        "inside": [round(each, 4) for each in inside],
        "below": [round(float((draws < true).mean()), 4) for draws, true in told],
        "hyper_below": [
            round(float(np.average([getattr(part.hyper, name) < getattr(drawn.hyper, name) for part in parts],
                                   weights=counts)), 4)
            for name in NAMES
        ],
        "settings": len(parts),
        "effective": round(posterior.effective_draws, 1),
    }  # fmt: skip


def run(name: str, count: int) -> None:
    """Fit the worlds that have not been fitted yet."""
    path = kept(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    done = {found["seed"] for found in results(name)}
    for seed in range(count):
        if seed not in done:
            line = json.dumps(one(SIZES[name], seed))
            with path.open("a") as file:
                file.write(line + "\n")


def rows(name: str) -> list[Row]:
    """Coverage and uniformity of ranks, from the results kept."""
    found = results(name)
    if not found:
        return []
    command, n = COMMAND.format(name=name, n=len(found)), len(found)
    inside = np.array([each["inside"] for each in found])
    settings = round(float(np.median([float(str(each.get("settings", 24))) for each in found])))
    out = []
    for at, prob in enumerate(PROBS):
        mean, error = inside[:, at].mean(), inside[:, at].std() / n**0.5
        missed = abs(mean - prob)
        out.append(
            Row(
                id=f"estimate.sbc.{name}.coverage-{round(100 * prob)}", value=float(mean), target=None,
                better="higher", unit="share", n=n, command=command,
                spread=(float(mean - 2 * error), float(mean + 2 * error)),
                note=f"hyperparameters unknown, mixtures of {settings} settings; spread: 2 standard errors, "
                "worlds being the unit",
            )
        )  # fmt: skip
        if prob == 0.9:
            out.append(
                Row(
                    id=f"estimate.sbc.{name}.coverage-90.error", value=float(missed), target=0.015,
                    better="lower", unit="share", n=n, command=command, note="distance of coverage from 90%",
                    peer="empirical Bayes", peer_value=0.03,
                )
            )  # fmt: skip
    below = np.array([each["below"] for each in found])
    counts = [np.histogram(column, _BINS, (0, 1))[0] for column in below.T]
    smallest = min(float(chisquare(count).pvalue) for count in counts) * len(QUANTITIES)
    out.append(
        Row(
            id=f"estimate.sbc.{name}.ranks", value=min(smallest, 1.0), target=0.01, better="higher", unit="p",
            n=n, command=command,
            note=f"smallest χ² p of {len(QUANTITIES)} quantities' ranks in {_BINS} bins, times their number",
        )
    )  # fmt: skip
    return out


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
