"""Estimate authority from recorded claims."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from math import ceil
from pathlib import Path

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.errors import EstimateError
from satrap.estimate.contradictions import contradicted
from satrap.estimate.copies import in_order, without_copies, without_crowds
from satrap.estimate.coverage import Coverage
from satrap.estimate.delay import Delay, delay
from satrap.estimate.estimate import Estimate, Settings
from satrap.estimate.functionals import Observations
from satrap.estimate.loadings import Loadings, bundled
from satrap.estimate.observations import Unused, observe
from satrap.estimate.offices import Offices
from satrap.estimate.posterior import Progress, fit
from satrap.estimate.shelf import NOWHERE, Folder, fingerprint, model
from satrap.estimate.silence import silences
from satrap.estimate.weeks import Weeks

_MOST = 200_000  # observations


def estimate(
    claims: Sequence[RecordedClaim],
    pack: Pack,
    *,
    start: date,
    end: date,
    known_at: datetime | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    loadings: Loadings | None = None,
    keep: Path | None = None,
    silence: Coverage | None = None,
) -> Estimate:
    """Who holds how much authority in each place and week between two dates, as far as the claims tell.

    ``known_at`` (UTC where it has no zone) uses only claims that the ledger held by then. ``progress`` is
    called with a stage's name and how much of it is done, 0 to 1. The same claims, whatever their order, and
    the same seed give the same estimate. In the folder ``keep`` the fit keeps what it has reached, so that it
    goes on where it was interrupted, and is not made twice from the same observations. With a coverage of the
    same span as ``silence``, places that are heard of and silent on power count as unchanged: ids beginning
    "silence of" among those used. Without a usable claim the result is the prior, and says so. Raises
    EstimateError where the span is empty or a single week.
    """
    report = progress or _silent
    weeks, offices, rules = Weeks.spanning(start, end), Offices(pack), loadings or bundled()
    if weeks.count < 2:
        raise EstimateError(f"{start} to {end} is a single week", remedy="estimate over at least two weeks")
    if known_at is not None:
        moment = known_at if known_at.tzinfo else known_at.replace(tzinfo=UTC)
        claims = [one for one in claims if one.known_at <= moment]
    ordered = in_order(claims)
    report("placing claims", 0.0)
    learned = delay(ordered, rules.time.delay)
    placed, unplaced = observe(ordered, offices, weeks, _dated(rules, learned))
    wrong = contradicted(ordered)
    told_once, copies = without_copies([pair for pair in placed if pair[0].id not in wrong])
    kept, crowded = without_crowds(told_once)
    refuted = [pair for pair in placed if pair[0].id in wrong]
    rows = [functional for _, functional in kept]
    if silence is not None:
        rows += silences(silence, rows)
    seen = Observations.stack(
        rows,
        len(offices.institutions),
        len(offices.places),
        weeks.count,
        [functional for _, functional in without_crowds(without_copies(refuted)[0])[0]],
    )
    if len(seen) > _MOST:
        raise EstimateError(
            f"{len(seen)} observations are more than an estimate takes ({_MOST})",
            remedy="estimate a shorter span, or join copies of one telling into stories: a story counts once",
        )
    shelf = NOWHERE if keep is None else Folder(keep, _key(seen, rules, seed))
    posterior = fit(seen, rules.hyperparameters, seed=seed, progress=report, shelf=shelf)
    surfaces, narrowing = posterior.draw(seed, report)
    report("done", 1.0)
    return Estimate(
        claims=tuple(ordered),
        pack=pack,
        settings=Settings(start, end, known_at, seed),
        loadings=rules,
        offices=offices,
        weeks=weeks,
        posterior=posterior,
        surfaces=surfaces,
        narrowing=narrowing,
        unused=(
            *unplaced,
            *copies,
            *crowded,
            *(Unused(told.id, f"contradicted later by claim {wrong[told.id]}") for told, _ in refuted),
        ),
        delay=learned,
        again=partial(
            estimate,
            pack=pack,
            start=start,
            end=end,
            known_at=known_at,
            seed=seed,
            loadings=rules,
            silence=silence,
        ),
    )


def _dated(rules: Loadings, learned: Delay) -> Loadings:
    """Undated past events are looked for no further back than 19 in 20 reports of dated ones reach."""
    past = min(rules.time.past, max(1, ceil(learned.days(0.95) / 7)))
    return rules.model_copy(update={"time": rules.time.model_copy(update={"past": past})})


def _key(seen: Observations, rules: Loadings, seed: int) -> str:
    """Of all that decides a fit: what is observed (so claims, pack, span and data cut), priors, seed and the
    model itself. Claims that are no observations change the ledger's root, and not the fit."""
    priors = [f"{name} {prior!r}".encode() for name, prior in sorted(rules.hyperparameters.items())]
    groups = [kind.encode() for kind, _ in seen.groups]  # a prior goes by kind
    return fingerprint(model().encode(), str(seed).encode(), *seen.content(), *priors, *groups)


def _silent(stage: str, done: float) -> None:
    """Nobody is watching."""
