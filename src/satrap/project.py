"""A project folder and the five steps on it: the same calls that the command line makes.

>>> project = satrap.init("north-korea", country="kp")
>>> project.read([Path("reports/")], Metadata(publisher="Daily NK"))
>>> estimate = project.estimate()
>>> project.brief(Path("brief.html"))
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, partial
from importlib.resources import as_file
from pathlib import Path
from typing import Unpack

from satrap import __version__, settings
from satrap.accounts import merged
from satrap.claims import RecordedClaim
from satrap.country import Pack, load_pack
from satrap.country.chronology import chronology
from satrap.errors import ProjectError, ReportError
from satrap.estimate import Estimate, estimate
from satrap.exchange import Context, Intake, Taking, edition, export, latest_day, take
from satrap.exchange.context import UNSTATED_LICENCE
from satrap.forecast import Cut, Record
from satrap.forecast.registered import registered
from satrap.futures import futures, initial_state
from satrap.ledger import Filters, Ledger, Recording, Verification
from satrap.protect.exposure import DEFAULT, Exposed, expose
from satrap.protect.settings import Protection
from satrap.protect.vault import Unlocked, Vault, keeping
from satrap.publish import Brief, Futures, compose, write_brief
from satrap.reading import Reader, RuleReader, rulebook
from satrap.reading.batch import foreign, read_each, unread
from satrap.reading.learned.model import Choice, level
from satrap.reading.llm import Cache, LlmSettings
from satrap.reading.stories import group
from satrap.reports import UNDETERMINED, UNKNOWN, Fetch, Found, Input, Metadata, Report, load
from satrap.settings import SETTINGS, Settings
from satrap.simulate import How, Run, Scenario, simulate

RULES = "rules"  # an analyst's own reading rules
ANSWERS = "answers"  # of the language model
ESTIMATES = "estimates"  # what estimating has reached
SIMULATIONS = "simulations"  # finished members of ensembles

BATCH = 32  # reports
BATCH_CHARACTERS = 200_000

Progress = Callable[[int, int], None]  # done, of how many
ReadProgress = Callable[[int], None]  # reports done; how many there are is not known before the last
StageProgress = Callable[[str, float], None]  # what is being done, and how much of it, 0 to 1


@dataclass(frozen=True)
class ReadSummary:
    """What became of a batch: how many reports were new, what they claimed, and what could not be read.

    ``undated`` and ``unattributed`` are new reports whose publication day or publisher is unknown.
    """

    read: int = 0
    known: int = 0
    claims: int = 0
    undated: int = 0
    unattributed: int = 0
    stories_joined: int = 0
    failures: tuple[ReportError, ...] = field(default=())


class Project:
    """A folder with its settings and its ledger. Make one with :func:`init`, reopen it with :func:`open`."""

    def __init__(
        self,
        folder: Path,
        pack: Pack,
        ledger: Ledger,
        llm: LlmSettings | None = None,
        protection: Protection = DEFAULT,
        reader: Choice = "rules",
    ) -> None:
        self.folder = folder
        self.pack = pack
        self.ledger = ledger
        self.protection = protection
        self._llm, self._level = llm, level(reader)

    @cached_property
    def rule_reader(self) -> RuleReader:
        """Reads by the bundled rules, those in the project's folder ``rules``, and the tagger.

        Loading it takes a second: only who reads pays for it.
        """
        own = self.folder / RULES
        rules = rulebook.rules(own) if own.is_dir() else None
        return RuleReader(self.pack, rules=rules, tagger=self._level)

    @cached_property
    def reader(self) -> Reader:
        """What :meth:`read` reads with: the rules, and a language model where the settings name one."""
        if self._llm is None:
            return self.rule_reader
        return self._llm.over(self.rule_reader, self.pack, Cache(self.folder / ANSWERS), os.environ)

    def read(
        self,
        inputs: Iterable[Input],
        metadata: Metadata | None = None,
        progress: ReadProgress | None = None,
        *,
        form: str | None = None,
        fetch: Fetch | None = None,
        vault: Vault | Unlocked | None = None,
    ) -> ReadSummary:
        """Read every report in the inputs (files, folders, streams) into the ledger, each durably.

        Inputs are drawn on as reading goes: they may be larger than memory. A report that this reader's
        version has read is skipped, so an interrupted run is resumed by running it again. What cannot be
        read is in ``failures``; it never stops the others. ``form`` overrules what names and first bytes
        tell of the inputs; addresses are fetched with ``fetch``, never without. ``vault`` keeps what the
        ledger does not take: who wrote, typed or told it.
        """
        found = load(inputs, metadata or Metadata(), form=form, fetch=fetch)
        return self.read_reports(found, progress, vault)

    def read_reports(
        self,
        reports: Iterable[Report | ReportError],
        progress: ReadProgress | None = None,
        vault: Vault | Unlocked | None = None,
    ) -> ReadSummary:
        """As :meth:`read`, from reports."""
        name, version = self.reader.name, self.reader.version
        readable = self.reader.languages | {UNDETERMINED}  # too little to tell is tried
        counted = Counter[str]()
        failures: list[ReportError] = []
        done = 0
        for batch in _batches(reports):
            fresh: list[Report] = []
            for one in batch:
                if isinstance(one, ReportError):
                    failures.append(one)
                elif one.language not in readable:
                    failures.append(foreign(one))
                elif self.ledger.has_reading(one, reader=name, version=version):
                    counted["known"] += 1
                else:
                    fresh.append(one)
            for report, outcome in keeping(vault, read_each(self.reader, fresh)):
                if isinstance(outcome, Exception):  # a fault of ours in one must not cost the others
                    failures.append(unread(report, outcome))
                elif self.ledger.record(report, outcome, reader=name, version=version):
                    counted.update(read=1, claims=len(outcome), undated=int(report.published is None))
                    counted.update(unattributed=int(report.publisher == UNKNOWN))
                else:  # twice in one batch
                    counted["known"] += 1
            done += len(batch)
            if progress:
                progress(done)
        # also after a run that found nothing new: the one before it may have been killed short of this
        joined = self._join_stories() if counted["read"] or counted["known"] else 0
        return ReadSummary(**counted, stories_joined=joined, failures=tuple(failures))

    def read_chronology(self, progress: Progress | None = None) -> ReadSummary:
        """Read the chronology that comes with the country pack."""
        with as_file(chronology(self.pack)) as path:
            found = list(load([path], Metadata()))
        return self.read_reports(found, (lambda done: progress(done, len(found))) if progress else None)

    def claims(self, *, as_of: date | None = None, known_at: datetime | None = None) -> list[RecordedClaim]:
        """Recorded claims as of a day in the world and a moment of the record."""
        return self.ledger.claims(as_of=as_of, known_at=known_at)

    def cut(self, day: date | None = None, *, known_at: datetime | None = None) -> Cut:
        """What was known at the end of a day (default: today), for a forecaster: by the record as it is, or
        as it was at ``known_at``."""
        moment = known_at or datetime.now(UTC)
        return self.record(known_at).cut(day or moment.date())

    def record(self, known_at: datetime | None = None) -> Record:
        """All that the ledger held then (default: holds), for cuts at any day."""
        reports = self.ledger.reports(known_at=known_at)
        told = {hash: one.published.latest for hash, one in reports.items() if one.published}
        return Record(tuple(self.claims(known_at=known_at)), told, self.pack, known_at)

    def accounts(self, *, as_of: date | None = None, known_at: datetime | None = None) -> list[RecordedClaim]:
        """As :meth:`claims`, with the ids that people have merged as one: for conflicts and tenures."""
        known_as = self.ledger.merges(known_at=known_at)
        return list(merged(self.claims(as_of=as_of, known_at=known_at), known_as))

    def expose(self, claims: Iterable[RecordedClaim]) -> Exposed:
        """The claims in the form in which they may leave today, by the project's settings of protection."""
        today = datetime.now(UTC).date()
        return expose(claims, self.ledger.reports(), self.pack, self.protection, on=today)

    def estimate(
        self,
        *,
        start: date = date(2008, 1, 1),
        end: date = date(2021, 12, 31),
        known_at: datetime | None = None,
        published_by: date | None = None,
        seed: int = 0,
        progress: StageProgress | None = None,
    ) -> Estimate:
        """Who held how much authority in which place and week, from every claim in the ledger.

        With ``published_by``, only from reports known to have appeared by that day. Interrupted, it goes on
        where it was, from what it keeps in the folder ``estimates``."""
        claims = self.claims(known_at=known_at)
        if published_by is not None:
            claims = [one for one in claims if one.published and one.published <= published_by]
        made = partial(estimate, claims, self.pack, keep=self.folder / ESTIMATES)
        return made(start=start, end=end, known_at=known_at, seed=seed, progress=progress)

    def simulate(
        self,
        scenario: Scenario,
        *,
        start_from: Estimate | None = None,
        runs: int = 200,
        seed: int = 0,
        progress: Progress | None = None,
        **how: Unpack[How],
    ) -> Run:
        """Futures of a scenario, from what the estimate knew on its first day, or from its own shares.

        Members are kept in the folder ``simulations``, which may be deleted at any time: a run that was
        stopped goes on. For the rest see :func:`satrap.simulate.simulate`."""
        state = initial_state(scenario, start_from, runs, seed)
        return simulate(scenario, state, runs, seed, progress, keep=self.folder / SIMULATIONS, **how)

    def futures(
        self,
        scenario: Scenario,
        counterfactuals: Sequence[Scenario] = (),
        *,
        start_from: Estimate | None = None,
        runs: int = 200,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> Futures:
        """A scenario beside the same world without its events and other what-ifs.

        With its stylised facts, where it has the events that they speak of.
        """
        state = initial_state(scenario, start_from, runs, seed)
        return futures(scenario, counterfactuals, state, runs, seed, progress)

    def brief(
        self,
        path: Path | str,
        *,
        estimate: Estimate | None = None,
        futures: Futures | None = None,
        as_of: date | None = None,
        since: date | None = None,
        focus: str | None = None,
    ) -> Brief:
        """Write the brief to ``path``: what changed between two days, how sure, on whose word."""
        estimated = estimate or self.estimate()
        brief = compose(
            pack=self.pack,
            claims=self.claims(),
            reports=self.ledger.reports(),
            estimate=estimated,
            as_of=as_of or estimated.settings.end,
            since=since,
            focus=focus,
            futures=futures,
            forecasts=registered(self.ledger),
            ledger_root=self.ledger.root,
            version=__version__,
            expose=self.expose,
        )
        write_brief(Path(path), brief)
        return brief

    def export(
        self,
        name: str,
        path: Path | str,
        *,
        as_of: date | None = None,
        known_at: datetime | None = None,
        licence: str = UNSTATED_LICENCE,
        progress: Progress | None = None,
        **filters: Unpack[Filters],
    ) -> Exposed:
        """Write the claims that may leave today to ``path`` in the open format ``name``, all or nothing."""
        exposed = self.expose(self.ledger.claims(as_of=as_of, known_at=known_at, **filters))
        cut = known_at.date() if known_at else latest_day(exposed.ordered)
        export(name, exposed.ordered, Context(self.pack, cut, __version__, licence, progress), Path(path))
        return exposed

    def take_in(
        self,
        name: str,
        path: Path | str,
        given: Metadata | None = None,
        *,
        mapping: Path | None = None,
        progress: ReadProgress | None = None,
    ) -> Intake:
        """Record what a file in the open format ``name`` tells. Taking it in again records nothing twice."""
        intake, reader, version = Intake(), f"import {name}", edition(name, mapping)
        outcomes = take(name, Path(path), Taking(self.pack, given or Metadata(), mapping))
        kept = intake.kept(outcomes, progress)
        intake.new = self.ledger.record_many(
            Recording(one.report, one.claims, reader, version) for one in kept
        )
        self.ledger.join_stories(intake.stories)
        self._join_stories()
        return intake

    def verify(self) -> Verification:
        """Whether the ledger is what was written to it."""
        return self.ledger.verify()

    def _join_stories(self) -> int:
        by_report: dict[str, list[RecordedClaim]] = {}
        for recorded in self.ledger.claims():
            by_report.setdefault(recorded.claim.report, []).append(recorded)
        read = [
            (report, [r.claim for r in by_report.get(digest, ())])
            for digest, report in self.ledger.reports().items()
            if report.provenance.get("text") != Found.ROW  # cells are all alike: no sign of one telling
        ]
        return self.ledger.join_stories(group(read, self.ledger.placements()))


def _batches(reports: Iterable[Report | ReportError]) -> Iterator[list[Report | ReportError]]:
    """Reports to be read together: enough for the parser, little enough to lose to an interruption."""
    batch: list[Report | ReportError] = []
    size = 0
    for one in reports:
        batch.append(one)
        size += len(one.text) if isinstance(one, Report) else 0
        if len(batch) == BATCH or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def init(
    folder: Path | str, country: str, *, ledger: str = settings.LEDGER, author: str = settings.AUTHOR
) -> Project:
    """Make a project folder for a country (a bundled pack's code, or a path to a pack).

    ``ledger`` is a file, or the URL of a PostgreSQL database that a team shares: made where none is yet.
    Raises ProjectError where the folder holds a project already or cannot be written, UnknownNameError for
    an unknown country.
    """
    pack = load_pack(country)
    folder = Path(folder)
    if (folder / SETTINGS).exists():
        raise ProjectError(f"{folder} is a satrap project already", remedy="open it, or name another folder")
    said = Settings(country=country, ledger=ledger, author=author)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = Ledger.open_or_create(said.ledger_in(folder), author)
        # written last: a folder with settings is a whole project, however its making was interrupted
        settings.write(folder, said)
    except OSError as error:
        raise ProjectError(
            f"{folder}: {error.strerror}", remedy="choose a folder you can write to"
        ) from error
    return Project(folder, pack, kept)


def open(folder: Path | str, reader: Choice | None = None) -> Project:
    """Open a project folder, to read as its settings say or by ``reader``.

    Raises ProjectError where it is none.
    """
    folder = Path(folder)
    said = settings.load(folder)
    ledger = Ledger.open(said.ledger_in(folder), said.author)
    return Project(folder, load_pack(said.country), ledger, said.llm, said.protect, reader or said.reader)


def restore(
    folder: Path | str, file: Path, to: Path | str | None = None, progress: Progress | None = None
) -> Ledger:
    """Make a project's ledger again from a backup, where it is gone, or at ``to``."""
    said = settings.load(Path(folder))
    return Ledger.restore(to or said.ledger_in(Path(folder)), file, said.author, progress=progress)


def migrate(folder: Path | str) -> bool:
    """Bring the tables of a project's ledger up to date; False where they are."""
    folder = Path(folder)
    return Ledger.migrate(settings.load(folder).ledger_in(folder))
