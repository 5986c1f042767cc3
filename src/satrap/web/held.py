"""What the server holds in memory of one moment of the record: claims, and what was made of them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar, cast

import polars as pl

from satrap.accounts import Careers, Conflict, SourceRecord, find_conflicts, sources_record
from satrap.claims import RecordedClaim, family
from satrap.country import Pack
from satrap.estimate import Contribution, Coverage, Estimate, coverage
from satrap.estimate.traits import TRAITS
from satrap.ledger.tree import Head
from satrap.project import Project
from satrap.publish.words import count
from satrap.web.view import BadAddressError, View

Progress = Callable[[str, float], None]

T = TypeVar("T")

YEAR = timedelta(days=365)
KEPT = 300  # answers
LEARNED = "noise over that declared"  # how the estimate's table of hyperparameters marks these


@dataclass(frozen=True)
class Days:
    """The day that a page is about and the earlier one that it compares with."""

    as_of: date
    since: date


@dataclass(frozen=True, eq=False)
class Held:
    """The record as it was after its first ``head.size`` entries, and what was made of it.

    ``claims`` and ``accounts`` are the same, but that people's ids that were merged are one in ``accounts``.
    """

    pack: Pack
    head: Head
    known_at: datetime | None
    claims: Sequence[RecordedClaim]
    accounts: Sequence[RecordedClaim]
    estimate: Estimate
    conflicts: Sequence[Conflict]
    careers: Careers
    coverage: Coverage
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def make(
        cls, project: Project, head: Head, known_at: datetime | None, span: tuple[date, date],
        seed: int, progress: Progress,
    ) -> "Held":  # fmt: skip
        """Read the record and estimate from it: some seconds, or minutes where nothing was kept."""
        progress("reading the record", 0.0)
        claims = project.claims(known_at=known_at)
        accounts = project.accounts(known_at=known_at)
        estimate = project.estimate(
            start=span[0], end=span[1], known_at=known_at, seed=seed, progress=progress
        )
        progress("counting reports by place", 0.0)
        heard = coverage(claims, project.pack, start=span[0], end=span[1], seed=seed)
        progress("holding claims against each other", 0.0)
        found = find_conflicts(accounts, project.pack)
        careers = Careers.told(accounts, project.pack)
        _ = careers.spells, estimate.log_ratios  # made when first asked for: better now than on a page
        return cls(project.pack, head, known_at, claims, accounts, estimate, found, careers, heard)

    @cached_property
    def by_id(self) -> dict[str, RecordedClaim]:
        return {one.id: one for one in self.claims}

    @cached_property
    def conduct(self) -> list[RecordedClaim]:
        """What is told of conduct toward residents."""
        return [one for one in self.claims if family(one.claim.kind) == "conduct"]

    @cached_property
    def conflicts_of(self) -> dict[str, list[Conflict]]:
        """Conflicts by the ids of claims, and of what these are about; the newest first."""
        found: dict[str, list[Conflict]] = defaultdict(list)
        for one in sorted(self.conflicts, key=lambda each: each.latest, reverse=True):
            about = set(one.claims)
            for claim in self.told(one.claims):
                said = claim.claim
                about |= {*said.places, *(each.id for each in said.arguments(*said.roles) if each.id)}
            for id in about:
                found[id].append(one)
        return found

    @cached_property
    def sources(self) -> tuple[SourceRecord, ...]:
        """How often sources were borne out and refuted."""
        return sources_record(self.conflicts, self.accounts)

    @cached_property
    def unused(self) -> dict[str, str]:
        """Why claims are no observations."""
        return {one.claim: one.reason for one in self.estimate.unused}

    @cached_property
    def used(self) -> frozenset[str]:
        """The claims that are observations."""
        return frozenset(self.estimate.used)

    @cached_property
    def observed(self) -> list[RecordedClaim]:
        """The claims that are observations."""
        return self.estimate.observed()

    @cached_property
    def having(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Ids of the observations by what they can be left out by: a kind of trait, and a name."""
        found: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in TRAITS}
        for one in self.observed:
            for kind, traits in TRAITS.items():
                for name in traits(one):
                    found[kind][name].append(one.id)
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """The provinces that observations name: offices elsewhere follow the nation."""
        province, places = self.estimate.offices.province, self.estimate.offices.places
        at = {province(place) for one in self.observed for place in TRAITS["place"](one)}
        return frozenset(places[one] for one in at if one)

    @cached_property
    def naming(self) -> dict[tuple[str, str], str]:
        """What the observations are that name an office, in words, by place and institution; at the centre
        those that name the institution, wherever. Offices that none names are not in it."""
        found: dict[tuple[str, str], list[RecordedClaim]] = defaultdict(list)
        for one in self.observed:
            bodies = {each.id for each in one.claim.arguments(*one.claim.roles) if each.id}
            shares = {self.pack.share_institution(id) for id in bodies if id in self.pack.institutions}
            for share in filter(None, shares):
                for place in {self.pack.code, *TRAITS["place"](one)}:
                    found[place, share].append(one)
        return {office: f"named by {_stories(of)}" for office, of in found.items()}

    @cached_property
    def basis(self) -> str:
        """What the estimate rests on, in words."""
        return f"satrap estimate from {_stories(self.observed)}" if self.observed else "the prior alone"

    @cached_property
    def first_of_story(self) -> dict[str, RecordedClaim]:
        """The claim of each story that was published first; the undated come last."""
        found: dict[str, RecordedClaim] = {}
        for one in sorted(self.claims, key=lambda each: each.published or date.max):
            found.setdefault(one.story, one)
        return found

    @cached_property
    def noises(self) -> dict[str, tuple[float, float]]:
        """What was learned of the noise of publishers, sources and certainty words, as a multiple of that
        declared: mean and standard deviation by "publisher Daily NK"."""
        table = self.estimate.hyperparameters().filter(pl.col("source") == LEARNED)
        return {name: (mean, sd) for name, mean, sd in table.select("name", "mean", "sd").iter_rows()}

    @cached_property
    def newest(self) -> date | None:
        """The last day on which anything was published."""
        return max((one.published for one in self.claims if one.published), default=None)

    @cached_property
    def reports(self) -> int:
        """How many reports the claims are from."""
        return len({one.claim.report for one in self.claims})

    def days(self, view: View) -> Days:
        """The days that a view asks for, or: the newest publication, and a year before it, also where the day
        to compare with is not an earlier one.

        Raises BadAddressError where they lie outside the estimate.
        """
        weeks = self.estimate.weeks
        first, second, last = weeks.monday(0), weeks.monday(1), weeks.last
        as_of = view.as_of or min(max(self.newest or last, second), last)
        for name, day, least in (("as_of", as_of, second), ("since", view.since, first)):
            if day and not least <= day <= last:
                raise BadAddressError(
                    f"{name}={day} lies outside what was estimated, {least} to {last}",
                    remedy="choose a day between them, or serve with --start and --end",
                )
        since = view.since
        if since is None or weeks.at(since) >= weeks.at(as_of):
            since = max(as_of - YEAR, first)
        return Days(as_of, since)

    def why(
        self, institution: str, place: str | None, on: date, since: date | None = None
    ) -> list[Contribution]:
        """As ``Estimate.why``, kept."""
        at = self.estimate.weeks.at
        key = ("why", institution, place, at(on), at(since) if since else None)
        return self.kept(key, lambda: self.estimate.why(institution, place, on, since))

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made under this key, or is made now."""
        if key not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = make()
        return cast(T, self._kept[key])

    def told(self, ids: Iterable[str]) -> list[RecordedClaim]:
        """The claims of these ids that the record held then."""
        return [self.by_id[id] for id in ids if id in self.by_id]


def _stories(claims: Sequence[RecordedClaim]) -> str:
    return f"{count(len(claims), 'claim')} in {count(len({one.story for one in claims}), 'story')}"
