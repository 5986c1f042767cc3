"""Options and printing that commands share."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Protocol

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from satrap.claims import kinds

console = Console()

project_option = click.option(
    "--project",
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The project folder.  [default: this folder]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
kind_option = click.option("--kind", type=click.Choice(list(kinds())), help="Only claims of this kind.")
seed_option = click.option("--seed", default=0, show_default=True, help="Same seed, same numbers.")


def start_option(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Where a scenario's authority at the start comes from."""
    return click.option(
        "--from",
        "start_from",
        type=click.Choice(["estimate", "scenario"]),
        default=default,
        show_default=True,
        help="Authority at the start: from the ledger's claims, or as the scenario says.",
    )


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it YYYY-MM-DD, such as 2017-06-15", param, ctx)


DAY = Day()


class Update(Protocol):
    """Moves a progress bar; ``total`` is None while it is unknown."""

    def __call__(self, done: int, total: int | None, name: str = ...) -> None: ...


as_of_option = click.option("--as-of", type=DAY, help="Only what may already have been true on this day.")


def known_at_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The ledger's clock: use only what was recorded by the end of a day (UTC)."""
    return click.option(
        "--known-at", type=DAY, help="Use only what the ledger held at the end of this day (UTC)."
    )(command)


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day, UTC."""
    return datetime.combine(day, time.max, tzinfo=UTC) if day else None


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


@contextmanager
def progress(label: str) -> Iterator[Update]:
    """A progress bar on standard error, silent where that is no terminal; hand the result to the library."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(label, total=None)

        def update(done: int, total: int | None, name: str = label) -> None:
            bar.update(task, completed=done, total=total, description=name)

        yield update


@contextmanager
def stages() -> Iterator[Callable[[str, float], None]]:
    """As :func:`progress`, for work that goes through named stages."""
    with progress("") as shown:

        def stage(name: str, done: float) -> None:
            shown(round(100 * done), 100, name)

        yield stage
