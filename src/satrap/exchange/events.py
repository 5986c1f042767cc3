"""Rows of event tables (ICEWS, POLECAT, GDELT) as claims, by mappings that are data.

A row becomes a report of its own, published by the data set, first told by the outlet that it names; the
claim's quote is the row, as the story's words are not in it. What the codes and columns lose stands in the
mappings, in ``lost``.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap import yamlfile
from satrap.claims import Argument, Reading, Source, SourceKind, When, kinds
from satrap.errors import ReportError
from satrap.exchange.formats import Importer
from satrap.exchange.taking import (
    Outcome,
    PassedOver,
    Taken,
    Taking,
    Told,
    UnreadableError,
    named,
    rebuilt,
    why,
)

MAPPINGS: Traversable = files("satrap.exchange").joinpath("mappings")
_LONGEST = 1 << 20  # characters of a cell

Row = Mapping[str, str]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meaning(_Declared):
    """What a code is: a kind of claim with who fills which role, or why it is none (``pass``)."""

    kind: str = ""
    roles: dict[str, str] = Field(default_factory=dict)
    passed: str = Field(default="", alias="pass")

    @model_validator(mode="after")
    def _of_the_codebook(self) -> "Meaning":
        if bool(self.kind) == bool(self.passed):
            raise ValueError("a code has either a kind or a reason to pass it over")
        if self.kind and self.kind not in kinds():
            raise ValueError(f"unknown kind of claim {self.kind!r}")
        foreign = set(self.roles) - set(kinds()[self.kind].roles) if self.kind else set()
        if foreign or not set(self.roles.values()) <= {"actor", "recipient"}:
            known = ", ".join(kinds()[self.kind].roles)
            raise ValueError(f"roles of {self.kind} are {known}, each filled by actor or recipient")
        return self


class Codes(_Declared):
    """A scheme of codes, and what becomes of it here."""

    kinds: dict[str, Meaning]
    lost: tuple[str, ...]

    def meaning(self, code: str, mode: str) -> Meaning | None:
        """Of a code with its mode, where the scheme has modes; else of the longest prefix of the code."""
        if mode and f"{code}-{mode}" in self.kinds:
            return self.kinds[f"{code}-{mode}"]
        return next((self.kinds[code[:n]] for n in range(len(code), 0, -1) if code[:n] in self.kinds), None)


class Columns(_Declared):
    """Which column holds what; of several the first that is filled."""

    code: str
    day: str
    actor: str
    recipient: str
    state: tuple[str, ...]
    mode: str = ""
    id: str = ""
    published: str = ""
    outlet: str = ""
    url: str = ""
    story: str = ""
    place: tuple[str, ...] = ()


class EventTable(_Declared):
    """A data set: its columns, in which of them rows name the state, and the file of its scheme of codes.

    ``layouts`` are the columns of files without a header, told apart by their number; ``tells`` are those
    whose cells are the words of the report; ``precision`` is how often its coder is right.
    """

    name: str
    delimiter: str = ","
    quoted: bool = True
    dates: str
    states: dict[str, str]
    layouts: tuple[tuple[str, ...], ...] = ()
    columns: Columns
    tells: tuple[str, ...]
    codes: str
    precision: float = Field(ge=0, le=1)
    lost: tuple[str, ...]


def load_mapping(path: Path | Traversable) -> tuple[EventTable, Codes]:
    """A mapping and its codes; raises ReportError, naming file and line, for the first fault."""
    mapping = yamlfile.load(path, EventTable, ReportError)
    beside = path.parent / mapping.codes if isinstance(path, Path) else MAPPINGS.joinpath(mapping.codes)
    beside = beside if beside.is_file() else MAPPINGS.joinpath(mapping.codes)
    return mapping, yamlfile.load(beside, Codes, ReportError)


def read(bundled: str, path: Path, taking: Taking) -> Iterator[Outcome]:
    """The rows of an event table as claims, a row at a time: it may be larger than memory."""
    mapping, codes = load_mapping(taking.mapping or MAPPINGS.joinpath(f"{bundled}.yaml"))
    state = mapping.states.get(taking.pack.code)
    if state is None:
        raise ReportError(
            f"{mapping.name} has no name for {taking.pack.name} here",
            remedy="add it to `states` in a copy of the mapping, and name that: --mapping",
        )
    for number, row in _rows(path, mapping):
        where = f"{path.name}: row {number}"
        try:
            yield from _row(row, where, mapping, codes, state, taking)
        except ValueError as fault:
            yield ReportError(f"{where}: {why(fault)}", remedy="mend or remove this row")


def _rows(path: Path, mapping: EventTable) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_LONGEST)
    layouts = {len(layout): layout for layout in mapping.layouts}
    try:
        # Bytes that are not UTF-8 cost their row, not the file
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as handle:
            marks = '"' if mapping.quoted else None
            reader = csv.reader(handle, delimiter=mapping.delimiter, quotechar=marks)
            head = None if layouts else next(reader, [])
            if head is not None and mapping.columns.code not in head:
                raise ReportError(
                    f"{path.name}: no column {mapping.columns.code!r}: is it {mapping.name}'s?",
                    remedy="name the format that it is, or a --mapping of its columns",
                )
            for cells in reader:
                if cells:
                    layout = head or layouts.get(len(cells), ())
                    yield reader.line_num, dict(zip(layout, map(str.strip, cells), strict=False))
    except (OSError, csv.Error) as error:
        raise ReportError(
            f"{path.name}: {error}", remedy="check the path, or export the file again"
        ) from error


def _row(
    row: Row, where: str, mapping: EventTable, codes: Codes, state: str, taking: Taking
) -> Iterator[Outcome]:
    columns = mapping.columns
    if not row:
        raise UnreadableError(f"as many columns as no version of {mapping.name} has")
    if any("\ud800" <= one <= "\udfff" for cell in row.values() for one in cell):
        raise UnreadableError("not UTF-8")
    if state not in {row.get(name) for name in columns.state}:
        yield PassedOver("about another state")
        return
    code = _padded(row.get(columns.code, ""))
    if not code:
        raise UnreadableError(f"no {columns.code}")
    mode = row.get(columns.mode, "").casefold()
    meaning = codes.meaning(code, mode)
    if meaning is None or meaning.passed:
        coded = named("-".join(filter(None, (code, mode))))
        yield PassedOver(f"{coded}: {meaning.passed if meaning else 'no claim of ours'}")
        return
    told = _told(row, where, code, meaning, mapping, taking)
    if not told.roles:
        yield PassedOver("nobody is named")
        return
    for one in rebuilt([told]):
        yield Taken(one.report, one.claims, row.get(columns.story, ""))


def _told(row: Row, where: str, code: str, meaning: Meaning, mapping: EventTable, taking: Taking) -> Told:
    columns = mapping.columns
    day = _day(row.get(columns.day, ""), mapping.dates)
    published = _day(row.get(columns.published, ""), mapping.dates) if row.get(columns.published) else None
    if published and published < day:
        published = None  # no story tells what has not happened yet as done: one of the two is wrong
    url = row.get(columns.url, "")
    outlet = row.get(columns.outlet) or (urlsplit(url).hostname or "").removeprefix("www.")
    place = taking.names.place(*_places(row, columns.place))
    filled: dict[str, tuple[Argument, ...]] = {
        role: (_actor(name, taking),)
        for role, of in meaning.roles.items()
        if (name := row.get(columns.actor if of == "actor" else columns.recipient, ""))
    }
    voices = [Source(SourceKind.PUBLISHER, name=mapping.name)]
    voices += [Source(SourceKind.MEDIA, name=outlet)] if outlet else []
    return Told(
        kind=meaning.kind,
        roles=filled,
        when=day.isoformat(),
        places=(place,) if place else (),
        quote="\n".join(f"{name}: {row[name]}" for name in mapping.tells if row.get(name)),
        chain=tuple(voices),
        reading=Reading(mapping.name, "1", mapping.precision, (code,)),
        publisher=mapping.name,
        outlet=outlet or mapping.name,
        url=url if url.startswith(("http://", "https://")) else "",
        language="en",
        published=When.day(published).edtf if published else "",
        origin=f"{mapping.name} {row[columns.id]}" if row.get(columns.id) else where,
        row=True,
    )


def _actor(name: str, taking: Taking) -> Argument:
    """An actor by the pack's names: without the state that ICEWS puts after it, out of GDELT's capitals."""
    bare = name.partition(" (")[0] if name.endswith(")") else name
    known = taking.names.argument(bare.title() if bare.isupper() else bare)
    return known if known.id else Argument(bare)


def _places(row: Row, names: Sequence[str]) -> Iterator[str]:
    """Cells, and the parts of a cell such as "Haeju, Hwanghae-namdo, North Korea"."""
    for name in names:
        cell = row.get(name, "")
        yield cell
        yield from (part.strip() for part in cell.split(",")[:-1])


def _padded(code: str) -> str:
    """A CAMEO code with the zero before it that spreadsheets drop; other codes as they are."""
    if not code.isdecimal():
        return code
    return f"0{code}" if len(code) < 3 or int(code[:2]) > 20 else code


def _day(cell: str, form: str) -> date:
    try:
        return datetime.strptime(cell[:8] if form == "%Y%m%d" else cell[:10], form).date()
    except ValueError:
        raise UnreadableError(f"a day that is not written {form}") from None


ICEWS = Importer("icews", "ICEWS coded events, for the state of the project", partial(read, "icews"))
POLECAT = Importer("polecat", "POLECAT coded events, for the state of the project", partial(read, "polecat"))
GDELT = Importer("gdelt", "GDELT events 1.0 or 2.0, for the state of the project", partial(read, "gdelt"))
