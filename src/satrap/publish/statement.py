"""What the ledger commits to, for someone who does not hold it: a size, a root and a time, signed."""

from pathlib import Path

from satrap.errors import PublishError
from satrap.protect.gate import outward


@outward("statement of the ledger's root, signed")
def write_statement(text: str, signature: str, path: Path) -> None:
    """Write a statement to ``path`` and its signature beside it, as ``path`` with ``.sig``."""
    try:
        path.write_text(text, encoding="utf-8")
        path.with_name(path.name + ".sig").write_text(signature, encoding="utf-8")
    except OSError as error:
        raise PublishError(f"{path}: {error.strerror}", remedy="choose a folder you can write to") from error
