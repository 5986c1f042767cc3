"""A brief into a file, in the form that its name ends in: HTML, Markdown or PDF."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from satrap.errors import PublishError
from satrap.protect.gate import outward
from satrap.publish.brief import Brief
from satrap.publish.html import render
from satrap.publish.markdown import markdown
from satrap.publish.pdf import pdf

FORMS: dict[str, Callable[[Brief], bytes]] = {
    ".html": lambda brief: render(brief).encode(),
    ".md": lambda brief: markdown(brief).encode(),
    ".pdf": pdf,
}
"""How a brief is written, by what the name of its file ends in."""


@outward("brief")
def write_brief(path: Path, brief: Brief) -> Path:
    """Render the brief into ``path``, all of it or nothing, and return the path.

    The file is readable by all (0644): it holds only what the gate let out, and is made to be passed on.
    Raises PublishError where the name ends in no known form, or the folder is missing or cannot be written.
    """
    write = FORMS.get(path.suffix.lower())
    if write is None:
        raise PublishError(
            f"{path} names no form of a brief", remedy=f"let its name end in {' or '.join(FORMS)}"
        )
    page = write(brief)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PublishError(
            f"{path}: {error.strerror}", remedy="name a file in a folder you can write to"
        ) from error
    return path
