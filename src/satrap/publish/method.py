"""Method and limits: what is assumed, where the prior speaks instead of claims, where we are blind."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from satrap.claims import RecordedClaim, When
from satrap.country import Pack
from satrap.estimate import Estimate
from satrap.protect import coarse
from satrap.protect.exposure import Exposed
from satrap.protect.times import Span, as_told
from satrap.protect.words import day
from satrap.publish.brief import Method, Table
from satrap.publish.definitions import BLIND, DEFINITIONS, PROTECTED
from satrap.publish.words import Linked, Sentence, count, listed, percent


def method(
    estimate: Estimate,
    claims: Sequence[RecordedClaim],
    as_of: date,
    pack: Pack,
    exposed: Exposed,
    provenance: Sequence[tuple[str, str]],
) -> Method:
    """The method section for one estimate; ``claims`` are all that the ledger holds, ``exposed`` those that
    the page shows."""
    coverage, note = _coverage(claims, pack)
    weights = sorted(estimate.loadings.sources.weights.items(), key=lambda one: (one[1], one[0]))
    return Method(
        definitions=DEFINITIONS,
        prior_dominated=_prior_dominated(estimate, as_of),
        blind=BLIND,
        coverage=coverage,
        coverage_note=note,
        unverified=_unverified(claims, pack),
        unused=_unused(estimate),
        reliability="Noise of a source's claims relative to a source of weight 1: "
        + listed(f"{kind} {weight:g}" for kind, weight in weights)
        + f" ({estimate.loadings.sources.source}).",
        protection=f"{PROTECTED} {protection(exposed)}",
        provenance=(
            *provenance,
            (
                "Estimate",
                f"{day(estimate.settings.start)} to {day(estimate.settings.end)}, seed "
                f"{estimate.settings.seed}, {count(len(estimate.used), 'claim')} used",
            ),
        ),
    )


def protection(exposed: Exposed) -> str:
    """How much the gate took from what an artefact tells."""
    if not exposed.at_risk:
        return f"None of {count(exposed.given, 'claim')} here was told by somebody at risk."
    coarser = [f"{number} {step}" for step, number in exposed.steps.items()]
    coarser.append(f"{exposed.withheld or 'none'} left out")
    waiting = f" {count(exposed.waiting, 'claim')} must wait." if exposed.waiting else ""
    return (
        f"{exposed.at_risk} of {count(exposed.given, 'claim')} here were told by somebody at risk. By a "
        f"rough estimate, at least {exposed.k} people could have told each of them as it stands here: "
        f"{listed(coarser)}.{waiting}"
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
    table = Table(
        ("Province", "Claims", "Share of claims", "Share of people"),
        rows,
        (Linked("how they are counted", "method-coverage"),),
    )
    if not told:
        return table, "No claim names a province."
    two = order[:2]
    heard, live = (
        sum(of.get(place.id, 0) for place in two) / whole
        for of, whole in ((told, claimed), (residents, people))
    )
    silent = [place.name for place in pack.provinces if not told[place.id]]
    note = (
        "Counted are all claims in the ledger, at each province that they name. "
        f"{listed(place.name for place in two)} account for {percent(heard)} of the claims that name a "
        f"province and for {percent(live)} of the people."
        + (f" Nothing is told of {listed(silent)}." if silent else "")
    )
    return table, note


def _unverified(claims: Sequence[RecordedClaim], pack: Pack) -> tuple[str, ...]:
    """Facts of the country pack that the claims were read with and that nobody has checked against a page."""
    known = coarse.entities(pack)
    used = {argument.id for one in claims for of in one.claim.roles.values() for argument in of}
    return tuple(sorted(known[one].name for one in used if one in known and not known[one].verified))


def _unused(estimate: Estimate) -> Table:
    # Reasons may name another claim by its id, which the gate seals
    reasons = Counter(re.sub(r"\bclaim [0-9a-f]{32}\b", "a claim", one.reason) for one in estimate.unused)
    return Table(
        ("Why a claim is no observation of authority", "Claims"),
        tuple((reason, str(number)) for reason, number in reasons.most_common()),
        (Linked("what a claim is to the model", "method-claims"),),
    )


def data_cut(claims: Iterable[RecordedClaim], pack: Pack) -> str:
    """When the newest of the claims was published, as coarsely as the gate tells it."""
    newest = max(
        (one for one in claims if one.published),
        key=lambda one: (one.published or date.min, not coarse.at_risk(one.claim, pack)),
        default=None,
    )
    if newest is None or newest.published is None:
        return "undated"
    span = Span.MONTH if coarse.at_risk(newest.claim, pack) else None
    return as_told(When.day(newest.published), span).words


def hindsight(used: Sequence[RecordedClaim], as_of: date, pack: Pack) -> Sentence:
    """How far beyond the day of the brief the claims reach that its estimate uses."""
    later = sum(one.published is not None and one.published > as_of for one in used)
    cut = data_cut(used, pack)
    newest = f"{'on' if cut[0].isdigit() else 'in'} {cut}"
    if not later:
        told = Linked(count(len(used), "claim"), "method-claims")
        return ("The estimate uses ", told, f", the newest of them published {newest}.")
    return (
        "Read in hindsight: ",
        Linked(f"{later} of {count(len(used), 'claim')}", "method-hindsight"),
        f" that the estimate uses {'was' if later == 1 else 'were'} published after that day, the newest "
        f"{newest}.",
    )
