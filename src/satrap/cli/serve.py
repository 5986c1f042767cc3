"""satrap serve"""

from datetime import date
from pathlib import Path

import click

from satrap.cli.options import DAY, project_option, seed_option
from satrap.cli.review import as_option, opened_by, reviewer


@click.command(
    epilog="""Examples:

\b
  satrap serve                        # then open http://127.0.0.1:8017
  satrap serve -C north-korea --port 9000
  satrap serve --start 2016-01-01 --end 2018-12-31
"""
)
@project_option
@click.option(
    "--host",
    type=click.Choice(["127.0.0.1", "localhost", "::1"]),
    default="127.0.0.1",
    show_default=True,
    help="This machine, under one of its own names: the pages show the record itself, so no other is served.",
)
@click.option(
    "--port", default=8017, show_default=True, type=click.IntRange(1, 65535), help="Of the address."
)
@click.option("--start", type=DAY, default="2008-01-01", show_default=True, help="First day of the estimate.")
@click.option("--end", type=DAY, default="2021-12-31", show_default=True, help="Last day of the estimate.")
@as_option
@seed_option
def command(
    folder: Path, host: str, port: int, start: date, end: date, author: str | None, seed: int
) -> None:
    """Show the project in a browser on this machine: who holds power, and why one should believe it.

    The estimate is made, or taken from where it was kept, while the first page waits. Nothing is asked of
    any other machine.
    """
    import uvicorn

    from satrap.web.app import create_app
    from satrap.web.desk import Desk

    opened, _ = opened_by(folder, author)
    desk = Desk(opened, start, end, seed, reviewer(folder, author))
    desk.make_anew()
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{port} shows {folder.resolve().name}; stop with Ctrl+C")
    # no log of requests: they hold what was searched for
    uvicorn.run(create_app(desk), host=host, port=port, log_level="warning", access_log=False)
