"""Method and limits: what is assumed, where the prior speaks instead of claims, where we are blind."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.estimate import Estimate
from satrap.publish.brief import Method, Table
from satrap.publish.coarse import entities
from satrap.publish.words import count, day, listed, percent

ASSUMPTIONS = (
    "An authority share is relative: how what is delegated from the top is divided among the listed "
    "institutions at one place. It has no unit in the world, and a share can fall because another rose.",
    "Each claim is a noisy statement that a share rose, fell, passed on or ranked above another. How telling "
    "a kind of claim is, and how noisy a kind of source, are judgements written down in the estimator's "
    "data; only their spread is learned.",
    "Shares drift slowly from week to week nationally; a province deviates from the nation and returns to "
    "it. A province without claims of its own therefore follows the nation.",
    "Claims of one story count as little more than one. The smoother uses hindsight: claims told after the "
    "day of this brief, if the ledger holds them, inform earlier weeks.",
    "The futures follow from a mechanism and from priors, started from the estimate. They are not forecasts "
    "of what will happen but of what would follow if the mechanism held.",
)

BLIND = (
    "An error that all sources share: if everyone who can be reached hears one rumour, it looks like "
    "agreement.",
    "What nobody tells. Silence is not calm: see the coverage table for the places that say least.",
    "Whether two anonymous sources are one person. Voices are counted as a lower bound.",
    "Whether the text means what it says. A sure-sounding text, a reliable source and a sure reader are "
    "three different things and are shown as three.",
)


def method(
    estimate: Estimate,
    claims: Sequence[RecordedClaim],
    as_of: date,
    pack: Pack,
    provenance: Sequence[tuple[str, str]],
) -> Method:
    """The method section for one estimate; ``claims`` are all that the ledger holds."""
    coverage, note = _coverage(claims, pack)
    weights = sorted(estimate.loadings.sources.weights.items(), key=lambda one: (one[1], one[0]))
    return Method(
        assumptions=ASSUMPTIONS,
        prior_dominated=_prior_dominated(estimate, as_of),
        blind=BLIND,
        coverage=coverage,
        coverage_note=note,
        unverified=_unverified(claims, pack),
        unused=_unused(estimate),
        reliability="Noise of a source's claims relative to a source of weight 1: "
        + listed(f"{kind} {weight:g}" for kind, weight in weights)
        + f" ({estimate.loadings.sources.source}).",
        provenance=(
            *provenance,
            (
                "Estimate",
                f"{day(estimate.settings.start)} to {day(estimate.settings.end)}, seed "
                f"{estimate.settings.seed}, {count(len(estimate.used), 'claim')} used",
            ),
        ),
    )


def _prior_dominated(estimate: Estimate, on: date) -> tuple[str, ...]:
    """The institutions of whose share claims say next to nothing, with the places where that is so."""
    pack = estimate.pack
    by_place = {}
    for place in (None, *(each.id for each in pack.provinces)):
        names = tuple(
            pack.institution(one).name for one in pack.authority if estimate.prior_dominated(place, one, on)
        )
        if names:
            by_place[place] = names
    alike: dict[tuple[str, ...], list[str]] = {}
    for place, names in by_place.items():
        alike.setdefault(names, []).append(pack.place(place).name if place else "the centre")
    everywhere = len(pack.provinces) + 1
    return tuple(
        f"{'All institutions' if len(names) == len(pack.authority) else listed(names)}: "
        + ("everywhere" if len(places) == everywhere else listed(places))
        for names, places in alike.items()
    )


def _coverage(claims: Sequence[RecordedClaim], pack: Pack) -> tuple[Table, str]:
    told = Counter(place for one in claims for place in set(one.claim.places) if place in pack.places)
    told.pop(pack.code, None)
    residents = pack.residents()
    claimed, people = max(sum(told.values()), 1), max(sum(residents.values()), 1)
    order = sorted(pack.provinces, key=lambda place: (-told[place.id], place.name))
    rows = tuple(
        (
            place.name,
            str(told[place.id]),
            percent(told[place.id] / claimed) if told[place.id] else "0%",
            percent(residents[place.id] / people) if place.id in residents else "not counted apart",
        )
        for place in order
    )
    if not told:
        return Table(
            ("Province", "Claims", "Share of claims", "Share of people"), rows
        ), "No claim names a province."
    two = order[:2]
    heard, live = (
        sum(of.get(place.id, 0) for place in two) / whole
        for of, whole in ((told, claimed), (residents, people))
    )
    silent = [place.name for place in pack.provinces if not told[place.id]]
    note = (
        f"{listed(place.name for place in two)} account for {percent(heard)} of the claims that name a "
        f"province and for {percent(live)} of the people."
        + (f" Nothing is told of {listed(silent)}." if silent else "")
    )
    return Table(("Province", "Claims", "Share of claims", "Share of people"), rows), note


def _unverified(claims: Sequence[RecordedClaim], pack: Pack) -> tuple[str, ...]:
    """Facts of the country pack that the claims were read with and that nobody has checked against a page."""
    known = entities(pack)
    used = {argument.id for one in claims for of in one.claim.roles.values() for argument in of}
    return tuple(sorted(known[one].name for one in used if one in known and not known[one].verified))


def _unused(estimate: Estimate) -> Table:
    # Reasons may name another claim by its id, which the gate seals
    reasons = Counter(re.sub(r"\bclaim [0-9a-f]{32}\b", "a claim", one.reason) for one in estimate.unused)
    return Table(
        ("Why a claim is no observation of authority", "Claims"),
        tuple((reason, str(number)) for reason, number in reasons.most_common()),
    )


def data_cut(claims: Sequence[RecordedClaim]) -> str:
    """The newest publication day among the claims."""
    newest = max((one.published for one in claims if one.published), default=date.min)
    return day(newest) if newest > date.min else "no dated claim"
