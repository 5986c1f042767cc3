"""Assembling the brief: findings first, then what they stand on."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

from satrap.accounts import Conflict, find_conflicts
from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.errors import PublishError
from satrap.estimate import Estimate
from satrap.forecast.registered import Asked
from satrap.protect.exposure import expose as gate
from satrap.protect.public import PublicClaim
from satrap.protect.words import day
from satrap.publish import findings as find
from satrap.publish.authority import (
    Moved,
    Shift,
    level_reasons,
    shifts,
    with_reasons,
)
from satrap.publish.brief import Brief, ShownConflict, ShownFinding, ShownSide
from satrap.publish.citations import BRIEFLY, Citations, Expose
from satrap.publish.expected import expected
from satrap.publish.figures import Cell, at_place, authority_figure, of_institution, share_key, tile_map
from satrap.publish.findings import Finding, most_important
from satrap.publish.focus import Focus
from satrap.publish.method import data_cut, hindsight, method
from satrap.publish.outlook import horizon, outlook
from satrap.publish.prospects import DISPLACEMENT, of_outlook
from satrap.publish.words import Sentence, count, listed, plain
from satrap.reports import Report
from satrap.simulate import Comparison, Run
from satrap.simulate.verdicts import Facts

LEADING = 3  # findings at the top
QUOTED = 2  # claims under each
FURTHER = 4
CONFLICTS = 8  # the newest are shown, the rest counted


@dataclass(frozen=True)
class Futures:
    """A scenario's run, what it is compared with (the first: the same world without it), and its facts."""

    run: Run
    counterfactuals: Mapping[str, Run] = field(default_factory=dict)
    facts: Facts | None = None


def compose(
    *,
    pack: Pack,
    claims: Sequence[RecordedClaim],
    reports: Mapping[str, Report],
    estimate: Estimate,
    as_of: date,
    since: date | None = None,
    focus: str | None = None,
    futures: Futures | None = None,
    forecasts: Sequence[Asked] = (),
    ledger_root: str = "",
    version: str = "",
    expose: Expose | None = None,
) -> Brief:
    """The brief as of a day, compared with ``since`` (default: a year before, or the estimate's first day).

    ``focus`` is the id of a province or of an institution that the brief is to be about (default: the state,
    with the province most told of shown beside the centre). ``forecasts`` are those that the ledger has.
    ``expose`` is the gate that every claim passes (default: with its default settings). Raises PublishError
    where ``since`` is not before ``as_of`` or the focus has no share of its own, EstimateError for a day
    outside the estimate and UnknownNameError for an unknown place or institution.
    """
    since = since or max(as_of - timedelta(days=365), estimate.settings.start)
    if since >= as_of:
        raise PublishError(
            f"the brief would compare {since} with {as_of}", remedy="give a since before as_of"
        )
    about = Focus.of(focus, pack)
    changes, named = shifts(estimate, since, as_of), _named(estimate.observed())
    beside = about.province or _most_told(estimate, since, as_of)
    if futures is not None and futures.facts is not None:
        futures = replace(futures, facts=futures.facts.named(partial(_name, pack)))
    cited = Citations(claims)
    concerning = [one for one in claims if about.concerns(one)]

    near = [one for one in changes if about.leads(one, beside, named)]
    found = [
        *find.of_authority([with_reasons(estimate, one) for one in near], pack, named),
        *find.of_conduct(concerning, pack, since, as_of, about.institution),
        *_simulated(estimate, futures, pack),
    ]
    first = most_important(found, LEADING)
    around = [with_reasons(estimate, one) for one in changes if about.around(one)]
    further = [*(one for one in found if one not in first), *find.of_authority(around, pack)]
    further = most_important(further, FURTHER)
    for one in (*first, *further):
        cited.add(one.key, plain(one.headline), one.moved)
        cited.also(moved.claim for moved in cited.one_a_story(one.moved)[:QUOTED])
    maps = [_reasoned(estimate, changes, institution) for institution in about.mapped(changes)]
    for shift in (each for of in maps for each in of):
        cited.add(shift.key, _change_title(shift, pack), shift.moved, BRIEFLY)
    drawn = _drawn(about, beside, named, as_of)
    for cell in (each for of in drawn.values() for each in of):
        title = f"Share of the {_name(pack, cell.institution)}, {_where(cell.place, pack)}, {day(as_of)}"
        reasons = level_reasons(estimate, cell.institution, cell.place, as_of)
        cited.add(share_key(cell.institution, cell.place), title, reasons, BRIEFLY)
    if futures is not None:
        cited.add(
            DISPLACEMENT,
            f"Where the futures start: the share of {_weakened(futures, pack)}",
            _initial(estimate, futures),
        )
    at_issue = {one.id for one in concerning}
    all_conflicts = [one for one in find_conflicts(claims, pack) if at_issue.intersection(one.claims)]
    conflicts = [one for one in all_conflicts if one.latest <= as_of]
    for conflict in conflicts[:CONFLICTS]:
        cited.also(conflict.claims)
    exposed = cited.settle(expose or partial(gate, reports=reports, pack=pack))

    return Brief(
        country=pack.name,
        title=about.title,
        subject=about.name(as_of),
        as_of=as_of,
        since=since,
        era=pack.era(as_of),
        focus=listed(drawn),
        basis=_basis(estimate, claims, as_of),
        findings=tuple(_shown(one, cited) for one in first),
        further=tuple(_shown(one, cited) for one in further),
        mapping=about.mapping,
        maps=tuple(tile_map(of, pack, named) for of in maps),
        authority=tuple(
            authority_figure(estimate, cells, where, (since, as_of)) for where, cells in drawn.items()
        ),
        conflicts=tuple(_shown_conflict(one, cited) for one in conflicts[:CONFLICTS]),
        more_conflicts=max(len(conflicts) - CONFLICTS, 0),
        later_conflicts=len(all_conflicts) - len(conflicts),
        outlook=None
        if futures is None
        else outlook(futures.run, [*futures.counterfactuals.values()], pack, beside, futures.facts),
        expected=expected(forecasts, as_of),
        method=method(
            estimate, claims, as_of, pack, exposed, _provenance(claims, reports, pack, ledger_root, version)
        ),
        source_weights={kind: f"{weight:g}" for kind, weight in estimate.loadings.sources.weights.items()},
        lists=cited.lists,
        claims=cited.claims,
    )


def _drawn(about: Focus, beside: str, named: Collection[str], on: date) -> dict[str, list[Cell]]:
    """The shares over time that are drawn, by what those of one figure have in common."""
    pack = about.pack
    if about.institution:
        return {pack.institution(about.institution).name: of_institution(about.institution, named, pack)}
    places = [about.province, None] if about.province else [None, beside]
    return {_where(one, pack): at_place(one, pack, on) for one in places}


def _simulated(estimate: Estimate, futures: Futures | None, pack: Pack) -> list[Finding]:
    if futures is None or not futures.counterfactuals:
        return []
    effect = Comparison(next(iter(futures.counterfactuals.values())), futures.run)
    start = _initial(estimate, futures)
    return of_outlook(effect, horizon(futures.run), start, pack, futures.facts)


def _initial(estimate: Estimate, futures: Futures) -> tuple[Moved, ...]:
    """The claims behind the weakened institution's share on the scenario's first day."""
    scenario = futures.run.scenario
    within = estimate.settings.start <= scenario.start <= estimate.settings.end
    return level_reasons(estimate, scenario.question.weakened, None, scenario.start) if within else ()


def _reasoned(estimate: Estimate, changes: Sequence[Shift], institution: str) -> list[Shift]:
    return [with_reasons(estimate, one) for one in changes if one.institution == institution and one.place]


def _named(observed: Iterable[RecordedClaim]) -> Counter[str]:
    """The places that claims name, in themselves or in their arguments, each once a claim."""
    return Counter(
        place
        for one in observed
        for place in {
            *one.claim.places,
            *(place for of in one.claim.roles.values() for argument in of for place in argument.places),
        }
    )


def _most_told(estimate: Estimate, since: date, as_of: date) -> str:
    """The province that most observations of the period name; failing that, of any time; or the largest."""
    observed = estimate.observed()
    recent = [one for one in observed if one.published and since <= one.published <= as_of]
    pack = estimate.pack
    provinces = {one.id for one in pack.provinces}
    for told in (_named(recent), _named(observed)):
        of_provinces = {place: count for place, count in told.items() if place in provinces}
        if of_provinces:
            return min(of_provinces, key=lambda place: (-of_provinces[place], place))
    residents = pack.residents()
    return max(residents, key=lambda place: residents[place], default=pack.provinces[0].id)


def _shown(finding: Finding, cited: Citations) -> ShownFinding:
    leading = cited.one_a_story(finding.moved)[:QUOTED]
    return ShownFinding(finding, cited.word(finding.moved), cited.cite(leading))


def _shown_conflict(conflict: Conflict, cited: Citations) -> ShownConflict:
    sides = tuple(ShownSide(side.label, _told_once(cited.shown(side.claims))) for side in conflict.sides)
    settled = conflict.settled
    held = conflict.sides[settled.side].label if settled and cited.shown(settled.by) else ""
    return ShownConflict(conflict.subject, conflict.relation, sides, held)


def _told_once(claims: Sequence[PublicClaim]) -> tuple[PublicClaim, ...]:
    """One claim a sentence: an appearance and a promotion read from the same words say one thing here."""
    return tuple({(one.publisher, one.quote or one.number): one for one in reversed(claims)}.values())[::-1]


def _provenance(
    claims: Sequence[RecordedClaim], reports: Mapping[str, Report], pack: Pack, root: str, version: str
) -> list[tuple[str, str]]:
    readers = sorted({f"{one.claim.reading.reader} {one.claim.reading.version}" for one in claims})
    return [
        ("Ledger root", root or "not given"),
        ("satrap", version or "not given"),
        ("Readers", ", ".join(readers) or "none"),
        ("Newest publication", data_cut(claims, pack)),
        ("Ledger", f"{count(len(claims), 'claim')} in {count(len(reports), 'report')}"),
    ]


def _basis(estimate: Estimate, claims: Sequence[RecordedClaim], as_of: date) -> Sentence:
    if not claims:
        return (
            "The ledger holds no claims. Everything below is the prior: what was assumed before anything was "
            "read. It says nothing about this country.",
        )
    if estimate.prior_only:
        return (
            f"The ledger holds {count(len(claims), 'claim')}, none of which is an observation of authority. "
            "Shares below are the prior: what was assumed before anything was read.",
        )
    used = set(estimate.used)
    return hindsight([one for one in claims if one.id in used], as_of, estimate.pack)


def _change_title(shift: Shift, pack: Pack) -> str:
    return (
        f"Change in the share of the {pack.institution(shift.institution).name}, {_where(shift.place, pack)}"
        f", {day(shift.start)} to {day(shift.end)}"
    )


def _name(pack: Pack, one: str) -> str:
    """The name of an institution or a place."""
    return (pack.institution(one) if one in pack.institutions else pack.place(one)).name


def _where(place: str | None, pack: Pack) -> str:
    return pack.place(place).name if place else "the centre"


def _weakened(futures: Futures, pack: Pack) -> str:
    return "the " + pack.institution(futures.run.scenario.question.weakened).name
