"""The two doors: claims out in a format, all or nothing; a file of a format in, a report at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from satrap.exchange.context import Context
from satrap.exchange.files import replacing
from satrap.exchange.formats import exporter, importer
from satrap.exchange.taking import Outcome, Taking
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
