"""A brief into a file: as HTML or, where the name ends in .md, as Markdown."""

import os
import tempfile
from pathlib import Path

from satrap.errors import PublishError
from satrap.protect.gate import outward
from satrap.publish.brief import Brief
from satrap.publish.html import render
from satrap.publish.markdown import markdown


@outward("brief")
def write_brief(path: Path, brief: Brief) -> Path:
    """Render the brief into ``path``, all of it or nothing, and return the path.

    The file is readable by all (0644): it holds only what the gate let out, and is made to be passed on.
    Raises PublishError where the folder is missing or cannot be written.
    """
    made = markdown(brief) if path.suffix == ".md" else render(brief)
    page = made.encode("utf-8")
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
