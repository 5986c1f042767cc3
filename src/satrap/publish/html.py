"""The brief as one self-contained HTML file: no script, no request, nothing that did not pass the gate."""

import os
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from satrap.errors import PublishError
from satrap.protect.gate import outward
from satrap.protect.words import day
from satrap.publish import words
from satrap.publish.brief import Brief


@outward("brief")
def render(brief: Brief) -> str:
    """The page; raises ProtectError where something in it did not pass the exposure gate."""
    style = Markup(files(__package__).joinpath("templates", "brief.css").read_text(encoding="utf-8"))
    return (
        _environment()
        .get_template("brief.html")
        .render(brief=brief, scale=words.SCALE, scale_source=words.SCALE_SOURCE, style=style)
    )


@outward("brief")
def write_brief(path: Path, brief: Brief) -> Path:
    """Render the brief into ``path``, all of it or nothing, and return the path.

    The file is readable by all (0644): it holds only what the gate let out, and is made to be passed on.
    Raises PublishError where the folder is missing or cannot be written.
    """
    page = render(brief).encode("utf-8")
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


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("satrap.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["linked"] = lambda part: isinstance(part, words.Linked)
    filters: dict[str, Any] = {"day": day, "percent": words.percent, "svg": _drawn}
    environment.filters.update(filters)
    return environment


def _drawn(svg: str) -> Markup:
    """Charts are our own drawing (`satrap.publish.charts`), the only markup that is not escaped."""
    return Markup(svg)
