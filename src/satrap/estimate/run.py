"""Estimate authority from recorded claims."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

import msgspec

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.errors import EstimateError
from satrap.estimate.copies import without_copies
from satrap.estimate.estimate import Estimate, Settings
from satrap.estimate.functionals import Observations
from satrap.estimate.loadings import Loadings, bundled
from satrap.estimate.observations import observe
from satrap.estimate.offices import Offices
from satrap.estimate.posterior import Progress, fit
from satrap.estimate.weeks import Weeks


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
) -> Estimate:
    """Who holds how much authority in each place and week between two dates, as far as the claims tell.

    ``known_at`` (UTC where it has no zone) uses only claims that the ledger held by then. ``progress`` is
    called with a stage's name and how much of it is done, 0 to 1. The same claims, whatever their order, and
    the same seed give the same estimate. Without a usable claim the result is the prior, and says so. Raises
    EstimateError where the span is empty or holds a single week.
    """
    report = progress or _silent
    weeks, offices, rules = Weeks.spanning(start, end), Offices(pack), loadings or bundled()
    if weeks.count < 2:
        raise EstimateError(f"{start} to {end} is a single week", remedy="estimate over at least two weeks")
    if known_at is not None:
        moment = known_at if known_at.tzinfo else known_at.replace(tzinfo=UTC)
        claims = [one for one in claims if one.known_at <= moment]
    ordered = list({one.id: one for one in sorted(claims, key=_told)}.values())
    report("placing claims", 0.0)
    placed, unplaced = observe(ordered, offices, weeks, rules)
    kept, copies = without_copies(placed)
    seen = Observations.stack(
        [functional for _, functional in kept], len(offices.institutions), len(offices.places), weeks.count
    )
    posterior = fit(seen, rules.hyperparameters, seed=seed, progress=report)
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
        unused=(*unplaced, *copies),
        again=partial(
            estimate, pack=pack, start=start, end=end, known_at=known_at, seed=seed, loadings=rules
        ),
    )


def _told(one: RecordedClaim) -> tuple[object, ...]:
    """The order of claims: by what they tell, and only among equals by id.

    Ids are hashes over words that are never published: an order that followed them would let these words
    move the last digit of a published number.
    """
    claim = one.claim
    told = (
        (
            claim.kind,
            claim.direction,
            claim.polarity,
            claim.certainty,
            claim.horizon,
            claim.when,
            claim.places,
        ),
        {role: [(each.id, each.tiers, each.places) for each in of] for role, of in claim.roles.items()},
        [(voice.kind, voice.place) for voice in claim.said_by],
        (one.outlet, claim.quote.exact),
    )
    return one.published or date.max, msgspec.json.encode(told, order="sorted"), one.id, one.known_at


def _silent(stage: str, done: float) -> None:
    """Nobody is watching."""
