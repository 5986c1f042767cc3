"""satrap stories"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import msgspec

from satrap import project
from satrap.cli.options import console, json_option, print_json, project_option
from satrap.cli.review import as_option, opened_by, reason_option
from satrap.ledger import EntryKind, Ledger


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""Examples:

\b
  satrap stories
  satrap stories --json
  satrap stories split 3f2a91bc --reason "another insider, in another county"
  satrap stories join 3f2a91bc 77ab02e1 --reason "both are from the interview of 9 June"

What people split and join stays so, whatever reports are read later. Names of stories are made of the hash of
a report in them; reports and stories may be named by how they begin.
""",
)
@project_option
@json_option
@click.pass_context
def command(context: click.Context, folder: Path, as_json: bool) -> None:
    """List reports that descend from one telling, with the evidence; a story counts once in an estimate."""
    if context.invoked_subcommand:
        if folder != Path():
            raise click.UsageError(f"give options after {context.invoked_subcommand}, not before it")
        return
    found = _stories(project.open(folder).ledger)
    if as_json:
        print_json(found)
        return
    for one in found:
        console.print(f"story {_short(one['story'])}", style="bold", highlight=False)
        for report in one["reports"]:
            told = f"  {report['report'][:8]}  {report['publisher']}, {report['published'] or 'undated'}"
            console.print(
                f"{told}: {report['title'] or ''}".rstrip(": "), highlight=False, markup=False, soft_wrap=True
            )
            if report["evidence"]:
                by = "by hand: " if report["by_hand"] else ""
                console.print(
                    f"            {by}{report['evidence']}", style="dim", highlight=False, markup=False
                )
    console.print(f"{len(found)} stories of several reports, or told apart by hand.")


@command.command()
@click.argument("report")
@reason_option
@project_option
@as_option
def split(report: str, reason: str, folder: Path, author: str | None) -> None:
    """This REPORT is a telling of its own."""
    _, ledger = opened_by(folder, author)
    hash = ledger.report(report).hash
    click.echo(f"entry {ledger.split_story(hash, reason)}: report {hash[:8]} told apart")


@command.command()
@click.argument("report")
@click.argument("story")
@reason_option
@project_option
@as_option
def join(report: str, story: str, reason: str, folder: Path, author: str | None) -> None:
    """This REPORT descends from the same telling as those of STORY (a story, or any report in it)."""
    _, ledger = opened_by(folder, author)
    hash, known = ledger.report(report).hash, ledger.stories()
    if story not in known.values():
        other = ledger.report(story).hash
        story = known.get(other, other)
    click.echo(f"entry {ledger.join_story(hash, story, reason)}: report {hash[:8]} joined to {_short(story)}")


def _stories(ledger: Ledger) -> list[dict[str, Any]]:
    """Stories that hold several reports, or one that a person told apart; the earliest report first."""
    why: dict[str, dict[str, Any]] = {}
    for kind in (EntryKind.STORY_JOINED, EntryKind.STORY_SPLIT):
        for entry in ledger.entries(kind=kind):
            body = msgspec.json.decode(entry.body)
            if entry.seq > why.get(body["report"], {"seq": 0})["seq"]:
                why[body["report"]] = {"seq": entry.seq, **body}
    members: dict[str, list[str]] = defaultdict(list)
    for hash, story in ledger.stories().items():
        members[story].append(hash)
    for story in list(members):  # the report that it is named after has never been joined to it
        if "~" not in story and story not in why:
            members[story].insert(0, story)
    found: list[dict[str, Any]] = []
    for story, hashes in members.items():
        if len(hashes) > 1 or "reason" in why.get(hashes[0], {}):
            reports = [_member(ledger, hash, why.get(hash, {})) for hash in hashes]
            found.append({"story": story, "reports": sorted(reports, key=_day)})
    return sorted(found, key=lambda one: _day(one["reports"][0]))


def _day(member: dict[str, Any]) -> tuple[str, str]:
    return member["published"] or "9999", member["report"]


def _member(ledger: Ledger, hash: str, why: dict[str, Any]) -> dict[str, Any]:
    report = ledger.report(hash)
    return {
        "report": hash,
        "publisher": report.publisher,
        "published": report.published.edtf if report.published else None,
        "title": report.title,
        "evidence": why.get("evidence") or why.get("reason"),
        "by_hand": "reason" in why or why.get("by_hand", False),
    }


def _short(story: str) -> str:
    """A story told apart keeps the number that makes it another than the one named after the same report."""
    hash, mark, number = story.partition("~")
    return f"{hash[:8]}{mark}{number}"
