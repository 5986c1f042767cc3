"""The formats: those that come with satrap, and those that plug in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from satrap.errors import SatrapError, UnknownNameError
from satrap.exchange.context import Context
from satrap.exchange.taking import Outcome, Taking
from satrap.protect.public import PublicClaim


@dataclass(frozen=True)
class Exporter:
    """One format that claims can leave in. ``write`` takes only claims that came through the gate, and a
    path that does not exist yet, or, with a ``marker``, an empty folder; the marker is a file that it makes.
    """

    name: str
    title: str
    media_type: str
    write: Callable[[Sequence[PublicClaim], Context, Path], None]
    marker: str = ""

    @property
    def folder(self) -> bool:
        """Whether it makes a folder rather than a file."""
        return bool(self.marker)


@dataclass(frozen=True)
class Importer:
    """One format that claims can come in. ``read`` yields, in order, reports with their claims, rows that it
    passed over with the reason, and rows that cannot be read as errors; it raises ReportError where nothing
    can be read."""

    name: str
    title: str
    read: Callable[[Path, Taking], Iterable[Outcome]]
    version: str = "1"


EXPORTERS = {
    "ftm": "followthemoney:ENTITIES",
    "ftm-statements": "followthemoney:STATEMENTS",
    "sfm": "monitor:EXPORTER",
    "datapackage": "datapackage:EXPORTER",
    "datasette": "datasette:EXPORTER",
    "csl": "csl:EXPORTER",
    "prov": "prov:EXPORTER",
    "jsonl": "jsonl:EXPORTER",
}
IMPORTERS = {
    "ftm": "followthemoney_in:IMPORTER",
    "sfm": "monitor_in:IMPORTER",
    "jsonl": "jsonl_in:IMPORTER",
    "brat": "brat_in:IMPORTER",
    "icews": "events:ICEWS",
    "polecat": "events:POLECAT",
    "gdelt": "events:GDELT",
}
_GROUPS = {"exporter": ("satrap.exporters", EXPORTERS), "importer": ("satrap.importers", IMPORTERS)}


def exporter(name: str) -> Exporter:
    """The exporter of a format, imported now and not before; UnknownNameError where there is none."""
    return cast(Exporter, _load("exporter", name, Exporter))


def importer(name: str) -> Importer:
    """The importer of a format; UnknownNameError where there is none."""
    return cast(Importer, _load("importer", name, Importer))


def known_exporters() -> tuple[str, ...]:
    """Names of the formats that can be written here."""
    return tuple(sorted({*EXPORTERS, *_plug_ins("satrap.exporters")}))


def known_importers() -> tuple[str, ...]:
    """Names of the formats that can be taken in here."""
    return tuple(sorted({*IMPORTERS, *_plug_ins("satrap.importers")}))


def _load(what: str, name: str, wanted: type[Any]) -> Any:
    group, built_in = _GROUPS[what]
    if name in built_in:
        module, _, attribute = built_in[name].partition(":")
        return getattr(import_module(f"satrap.exchange.{module}"), attribute)
    plugged = _plug_ins(group)
    if name not in plugged:
        raise UnknownNameError("format", name, {*built_in, *plugged})
    try:
        loaded = plugged[name].load()
    except Exception as error:  # somebody else's code
        raise _broken(plugged[name], f"does not load ({type(error).__name__})") from error
    if not isinstance(loaded, wanted):
        raise _broken(plugged[name], f"is no {wanted.__name__}")
    return loaded


def _broken(plug_in: EntryPoint, why: str) -> SatrapError:
    return SatrapError(f"the plug-in for {plug_in.name} {why}", remedy=f"mend or remove {plug_in.value}")


@cache
def _plug_ins(group: str) -> dict[str, EntryPoint]:
    return {one.name: one for one in entry_points(group=group)}
