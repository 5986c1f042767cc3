"""What the estimator costs at the target's size: factorisation, cold fit, a claim added, influence, memory.

    python -m benchmarks.estimate_speed target      # 2,000 claims; large: 50,000

A single pass is timed in processor time, the best of several; what goes on in threads by the clock, so these
figures are those of an idle machine.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.linalg.blas import dsyrk

from benchmarks.estimate_worlds import LARGE, PRIORS, TARGET, World, world
from benchmarks.rows import FIGURES, Row
from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.learn import fitted
from satrap.estimate.live import moved, removals
from satrap.estimate.parallel import each, one_thread_each
from satrap.estimate.plan import Plan
from satrap.estimate.posterior import Conditional, Posterior, fit, solver_for
from satrap.estimate.sequential import Sequential

SIZES = {"target": TARGET, "large": LARGE}
COMMAND = "python -m benchmarks.estimate_speed {name}"
_AGAIN = 7
_PARTS, _CHECKED = 16, 4
_TOP, _MORE = 10, 20  # claims whose removal is checked by a new fit: the most influential, and others
_BARS = {  # seconds: factorisation, cold fit, claim added, influence
    "target": {"factor": 0.2, "cold": 60.0, "added": 0.5, "influence": 0.1},
    "large": {"factor": 0.6, "cold": 600.0, "added": 1.0, "influence": 0.2},
}
_BEFORE = {"target": {"factor": 0.49, "influence": 0.085}, "large": {"factor": 1.34, "influence": 0.17}}


def kept(name: str) -> Path:
    """Where the figures of a size are kept."""
    return FIGURES / "estimate" / f"speed-{name}.json"


def best(
    work: Callable[[], object], again: int = _AGAIN, clock: Callable[[], float] = time.process_time
) -> float:
    """Seconds of processor time, or by another clock, of the fastest of several runs."""
    times = []
    for _ in range(again):
        before = clock()
        work()
        times.append(clock() - before)
    return min(times)


def floor(plan: Plan) -> float:
    """Seconds that the arithmetic of a factorisation in covariance form takes at the least: every claim
    changes the covariance of all slots of its week, n² multiplications and additions, at the speed of this
    core's BLAS with a week's claims at once."""
    weekly = np.diff(plan.chunks[plan.week_chunks])
    n, m = int(np.median(plan.sizes)), max(int(np.median(weekly)), 1)
    W, P = np.ones((n, m), order="F"), np.zeros((n, n), order="F")
    once = best(lambda: dsyrk(-1.0, W, beta=1.0, c=P, overwrite_c=1), 30)
    return float(once * (weekly * plan.sizes.astype(float) ** 2).sum() / (n * n * m))


def row_of(seen: Observations, j: int) -> Functional:
    """One observation as it was before it was lined up with the others."""
    part = slice(seen.weeks.indptr[j], seen.weeks.indptr[j + 1])
    member = seen.members.indices[seen.members.indptr[j] : seen.members.indptr[j + 1]]
    return Functional(
        claim=seen.claims[j],
        story=seen.story_names[seen.stories[j]],
        contrast=seen.contrasts[j],
        places=seen.places[j],
        weeks=tuple(zip(seen.weeks.indices[part].tolist(), seen.weeks.data[part].tolist(), strict=True)),
        lower=float(seen.lower[j]),
        upper=float(seen.upper[j]),
        news=float(seen.news[j]),
        log_noise=float(seen.log_noise[j]),
        level=bool(seen.levels[j]),
        publisher=seen.publisher_names[seen.publishers[j]],
        groups=tuple(seen.groups[g] for g in member),
    )


def factorised(drawn: World) -> dict[str, float]:
    """Of one factorisation: its parts, the slots it carries and the floor."""
    solver = Sequential.of(drawn.seen)
    prior, tau = solver.at(drawn.hyper), np.full(len(drawn.seen), 3.0)
    prior.condition(tau).variance  # noqa: B018 (compiles)
    again = _AGAIN if len(drawn.seen) < 10_000 else 2
    with one_thread_each():
        conditioned = prior.condition(tau)
        return {
            "factor": best(lambda: prior.condition(tau), again),
            "inverse": best(lambda: prior.condition(tau).variance, again),
            "mean": best(lambda: conditioned.mean(tau), again),
            "floor": floor(solver.plan),
            "slots": float(np.median(solver.plan.sizes)),
            "base": float(solver.plan.base),
        }


def live(drawn: World) -> dict[str, float]:
    """Sixteen settings near the true one: a claim added, and the influence of all claims on one office."""
    seen, rng = drawn.seen, np.random.default_rng(0)
    solver = solver_for(seen)
    first = fitted(solver, drawn.hyper, None, 1e-6)
    hypers = [
        drawn.hyper._replace(noise=drawn.hyper.noise * np.exp(0.1 * x)) for x in rng.standard_normal(_PARTS)
    ]
    parts = each(lambda h: Conditional(h, 1, fitted(solver, h, first.sites, 1e-6)), hypers)
    posterior = Posterior(seen, tuple(parts), float(_PARTS))
    place, week, institution = 1, seen.weeks.shape[1] // 2, 0
    lost = removals(posterior, place, week, institution)
    top = np.argsort(-np.abs(lost), kind="stable")[:_TOP]
    checked = np.concatenate([top, rng.choice(len(seen), _MORE, replace=False)])
    few = Posterior(seen, tuple(parts[:_CHECKED]), float(_CHECKED))  # enough to compare both ways
    full, quick = few.means(), removals(few, place, week, institution)
    close = removals(few, place, week, institution, closely=_TOP)
    exact, worst, added = [], 0.0, np.inf
    for number, claim in enumerate(checked):
        rest = few.refitted(np.arange(len(seen)) != claim)
        exact.append(full[place, week, institution] - rest.means()[place, week, institution])
        if number < 3:
            new, move = row_of(seen, int(claim)), full - rest.means()
            worst = max(worst, float(np.abs(moved(rest, new=new) - move).max() / np.abs(move).max()))
            all_but = Posterior(rest.seen, rest.parts * (_PARTS // _CHECKED), float(_PARTS))
            added = min(added, _timed(all_but, new))
    return {
        "added": added,
        "added_error": worst,
        "influence": best(lambda: removals(Posterior(seen, tuple(parts[:1]), 1.0), place, week, institution)),
        "influence_all": best(lambda: removals(posterior, place, week, institution), 3),
        "loo_correlation": float(np.corrcoef(quick[checked], exact)[0, 1]),
        "loo_error": float(np.abs(close[top] / np.array(exact[:_TOP]) - 1).max()),
        "loo_error_held": float(np.abs(quick[top] / np.array(exact[:_TOP]) - 1).max()),
        "influence_closely": best(
            lambda: removals(Posterior(seen, tuple(parts[:1]), 1.0), place, week, institution, closely=_TOP),
            3,
        ),
    }


def _timed(rest: Posterior, new: Functional) -> float:
    return best(lambda: moved(rest, new=new), 3, time.perf_counter)


def live_of_many(posterior: Posterior) -> dict[str, float]:
    """As :func:`live` from a fit's own settings, without the new fits: each would take minutes."""
    seen = posterior.seen
    parts = tuple(Conditional(part.hyper, 1, part.solution) for part in posterior.parts)
    parts = (parts * _PARTS)[:_PARTS]
    place, week, claim = 1, seen.weeks.shape[1] // 2, len(seen) // 2
    one = Posterior(seen, parts[:1], 1.0)
    rest = one.refitted(np.arange(len(seen)) != claim)
    new, move = row_of(seen, claim), one.means() - rest.means()
    return {
        "added": best(lambda: moved(Posterior(seen, parts, float(_PARTS)), new=new), 1, time.perf_counter),
        "added_error": float(np.abs(moved(rest, new=new) - move).max() / np.abs(move).max()),
        "influence": best(lambda: removals(one, place, week, 0), 3),
    }


def cold(drawn: World) -> tuple[dict[str, float], Posterior]:
    """A whole fit with its surfaces."""
    before, used = time.perf_counter(), time.process_time()
    posterior = fit(drawn.seen, PRIORS, seed=0, progress=lambda _stage, _done: None)
    surfaces, _ = posterior.draw(0, lambda _stage, _done: None)
    found = {
        "cold": time.perf_counter() - before,
        "cold_processor": time.process_time() - used,
        "surfaces": float(len(surfaces)),
        "effective": posterior.effective_draws,
        "settings": float(len(posterior.parts)),
    }
    return found, posterior


def main(name: str) -> None:
    """Measure a size, a figure at a time, so that what was measured stays if a later part is stopped."""
    path = kept(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = world(replace(SIZES[name]), 0)
    found: dict[str, float] = {"claims": float(len(drawn.seen))}

    def add(more: dict[str, float]) -> None:
        found.update(more, memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
        path.write_text(json.dumps({key: round(value, 5) for key, value in found.items()}, indent=1) + "\n")

    add(factorised(drawn))
    fitting, posterior = cold(drawn)
    add(fitting)
    add(live_of_many(posterior) if name == "large" else live(drawn))
    print(found)


def rows(name: str) -> list[Row]:
    """The figures kept."""
    if not kept(name).exists():
        return []
    found, bars, before = json.loads(kept(name).read_text()), _BARS[name], _BEFORE[name]
    n, command = int(found["claims"]), COMMAND.format(name=name)

    def row(key: str, target: float | None, unit: str, note: str = "", **more: object) -> list[Row]:
        if key not in found:
            return []
        better = "higher" if key in ("loo_correlation", "effective") else "lower"
        return [
            Row(id=f"estimate.{name}.{key}", value=found[key], target=target, better=better, unit=unit, n=n,
                command=command, note=note, **more)  # type: ignore[arg-type]
        ]  # fmt: skip

    return [
        *row("factor", bars["factor"], "s", f"best of several; {found['slots']:.0f} slots a week of which "
             f"{found['base']:.0f} are the state; with selected inverse {found['inverse']:.3f} s",
             peer="floor: the symmetric products alone", peer_value=found["floor"]),
        *row("cold", bars["cold"], "s",
             f"by the clock on two cores, with {found.get('surfaces', 0):.0f} surfaces; processor time "
             f"{found.get('cold_processor', 0):.0f} s; hyperparameters learned from 4,000 claims at most; "
             f"{found.get('settings', 0):.0f} settings"),
        *row("effective", None, "draws",
             f"of 256 weighed, for {found.get('settings', 0):.0f} settings kept: where few are, bands miss "
             "what is unknown of the hyperparameters"),
        *row("added", bars["added"], "s",
             f"{_PARTS} settings, all weeks; by the clock, two threads"),
        *row("added_error", 0.04, "share", "largest error over the largest move; worst of the claims tried"),
        *row("influence", bars["influence"], "s",
             f"a setting; {_PARTS} settings {found.get('influence_all', 0):.2f} s",
             peer="prototype", peer_value=before["influence"]),
        *row("loo_correlation", 0.999, "r", f"with new fits without {_TOP + _MORE} claims"),
        *row("loo_error", 0.05, "share",
             f"worst of the {_TOP} most influential claims, the nearest ones' sites fitted anew "
             f"({found.get('influence_closely', 0):.2f} s a setting); by one solve "
             f"{found.get('loo_error_held', 0):.2f}"),
        *row("memory", 4.0, "GiB", "peak of the whole process"),
    ]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
