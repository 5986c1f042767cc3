"""The two doors: claims out in a format, all or nothing; a file of a format in, a report at a time."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from satrap.errors import ReportError
from satrap.exchange.context import Context
from satrap.exchange.files import replacing
from satrap.exchange.formats import exporter, importer
from satrap.exchange.taking import Outcome, PassedOver, Taken, Taking
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim


@outward("claims in an open format")
def export(name: str, claims: Sequence[PublicClaim], context: Context, path: Path) -> Path:
    """Write gated claims to ``path`` in the format ``name``; what was there stays until all is written.

    Raises UnknownNameError for an unknown format, ProtectError where a claim did not pass the gate, and
    PublishError where the path cannot be written.
    """
    chosen = exporter(name)
    with replacing(path, chosen.folder, chosen.marker) as new:
        chosen.write(claims, context, new)
    return path


def take(name: str, path: Path, taking: Taking) -> Iterator[Outcome]:
    """What a file of the format ``name`` tells, in order; see `Importer`. Nothing is recorded yet."""
    yield from importer(name).read(path, taking)


def edition(name: str, mapping: Path | None) -> str:
    """The version under which claims of a format are recorded: the importer's, and which mapping of one's own
    it went by. Taken in by another, a file is read anew."""
    try:
        own = f"+{hashlib.sha256(mapping.read_bytes()).hexdigest()[:8]}" if mapping else ""
    except OSError as error:
        raise ReportError(f"{mapping}: {error.strerror}", remedy="check the path of the mapping") from error
    return f"{importer(name).version}{own}"


@dataclass
class Intake:
    """What became of a file taken in: how many reports and claims it told, how many of the reports were
    ``new``, what was passed over and how often, and what could not be read. ``stories`` joins reports (by
    hash) that the file says come from one telling to the first of them, with the evidence."""

    reports: int = 0
    claims: int = 0
    new: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    failures: list[ReportError] = field(default_factory=list)
    stories: dict[str, tuple[str, str]] = field(default_factory=dict)

    def kept(
        self, outcomes: Iterator[Outcome], progress: Callable[[int], None] | None = None
    ) -> Iterator[Taken]:
        """The reports among the outcomes, counting everything as it goes by."""
        first: dict[str, str] = {}
        for done, one in enumerate(outcomes, 1):
            match one:
                case Taken():
                    self.reports += 1
                    self.claims += len(one.claims)
                    if one.story:
                        story = first.setdefault(one.story, one.report.hash)
                        self.stories[one.report.hash] = (story, "one story in the file taken in")
                    yield one
                case PassedOver():
                    self.passed[one.reason] += 1
                case ReportError():
                    self.failures.append(one)
            if progress:
                progress(done)
