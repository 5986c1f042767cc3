"""satrap review"""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from rich.table import Table

from satrap import project, settings
from satrap.claims import Status
from satrap.cli.options import (
    console,
    json_option,
    kind_option,
    print_json,
    project_option,
    seed_option,
    stages,
)
from satrap.errors import LedgerError
from satrap.ledger import Filters, Ledger
from satrap.project import Project

if TYPE_CHECKING:
    from satrap.review import Queued

as_option = click.option(
    "--as", "author", help="Who reviews.  [default: `author` of satrap.yaml, else who is logged in]"
)
reason_option = click.option("--reason", required=True, help="Why; kept in the ledger.")


COMMANDLINE = click.core.ParameterSource.COMMANDLINE


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""Examples:

\b
  satrap review                             # claim by claim, by single keys
  satrap review --estimate --kind dismissal # those first that move the estimate most
  satrap review --blind --as jo             # a second, independent opinion on what others reviewed
  satrap review --json --limit 10
  satrap review accept 3f2a91bc --note "as printed"
  satrap review correct 3f2a91bc --set certainty=probable --set 'roles.person[0].id=KIM-WON-HONG'
  satrap review reject 3f2a91bc --reason "the report quotes a rumour to deny it"
  satrap review merge SSD MSS --reason "one ministry under two names"
  satrap review agreement
""",
)
@project_option
@as_option
@kind_option
@click.option(
    "--estimate", "estimated", is_flag=True, help="Order by how far each claim moves an estimate made now."
)
@click.option("--blind", is_flag=True, help="Claims that others reviewed and you did not, as they were read.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many claims.")
@seed_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    author: str | None,
    kind: str | None,
    estimated: bool,
    blind: bool,
    limit: int,
    seed: int,
    as_json: bool,
) -> None:
    """Judge what the reader made of reports: accept, correct, reject; each decision is durable at once.

    The queue begins with claims that matter most and that the reader was least sure of: how far a claim moves
    the estimate (with --estimate; else how much its kind usually does) times 1 minus the reader's score.
    """
    if context.invoked_subcommand:
        given = [name for name in context.params if context.get_parameter_source(name) == COMMANDLINE]
        if given:
            raise click.UsageError(f"give options after {context.invoked_subcommand}, not before it")
        return
    from satrap.review import moves, queue, second_opinions

    opened = project.open(folder)
    ledger = opened.ledger.by(reviewer(folder, author))
    moved = None
    if estimated:
        with stages() as shown:
            moved = moves(opened.estimate(seed=seed, progress=shown))
    if blind:
        acts = ledger.acts()
        reviewed = [ledger.claim(id) for id in dict.fromkeys(act.claim for act in acts)]
        wanted = [one for one in reviewed if kind in (None, one.claim.kind)]
        found = second_opinions(wanted, acts, reviewer(folder, author), moved, limit)
    else:
        by = Filters(status=Status.READ)
        if kind:
            by["kind"] = kind
        found = queue(ledger.stream(**by), moved, limit)
    if as_json:
        print_json([_plain(one, blind) for one in found])
    elif not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("there is no terminal to ask in: use --json, then accept, correct, reject")
    else:
        from satrap.cli.reviewing import Session

        Session(opened, ledger, blind).go_through(found)


@command.command()
@click.argument("claims", nargs=-1, required=True)
@click.option("--note", default="", help="Kept in the ledger.")
@project_option
@as_option
def accept(claims: tuple[str, ...], note: str, folder: Path, author: str | None) -> None:
    """These CLAIMS (ids, or how they begin) were read rightly."""
    opened, ledger = opened_by(folder, author)
    for one in [opened.ledger.claim(claim) for claim in claims]:
        click.echo(f"entry {ledger.accept(one.id, note)}: claim {one.id[:8]} accepted")


@command.command()
@click.argument("claim")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="Such as certainty=probable.")
@click.option("--note", default="", help="Kept in the ledger.")
@project_option
@as_option
def correct(claim: str, values: tuple[str, ...], note: str, folder: Path, author: str | None) -> None:
    """The report says something else than this CLAIM: set fields, or edit all of them in $EDITOR."""
    from satrap.review import with_values

    opened, ledger = opened_by(folder, author)
    one = opened.ledger.claim(claim)
    report = opened.ledger.report(one.claim.report).text
    if values:
        pairs = [(field, value) for field, _, value in (each.partition("=") for each in values)]
        corrected = with_values(one.claim, pairs, report, opened.pack)
    else:
        from satrap.cli.reviewing import in_editor

        made = in_editor(opened, one.id, one.claim, report)
        if made is None:
            raise click.ClickException("nothing was changed")
        corrected = made
    click.echo(f"entry {ledger.correct(one.id, corrected, note)}: claim {one.id[:8]} corrected")


@command.command()
@click.argument("claim")
@reason_option
@project_option
@as_option
def reject(claim: str, reason: str, folder: Path, author: str | None) -> None:
    """The report does not say this CLAIM."""
    opened, ledger = opened_by(folder, author)
    one = opened.ledger.claim(claim)
    click.echo(f"entry {ledger.reject(one.id, reason)}: claim {one.id[:8]} rejected")


@command.command()
@click.argument("subject")
@click.argument("text")
@project_option
@as_option
def note(subject: str, text: str, folder: Path, author: str | None) -> None:
    """Keep a note on SUBJECT: a claim or a report (id, or how it begins), or an id of the country pack."""
    opened, ledger = opened_by(folder, author)
    click.echo(f"entry {ledger.annotate(_subject(opened, subject), text)}: noted")


@command.command()
@click.argument("into")
@click.argument("merged", nargs=-1, required=True)
@reason_option
@project_option
@as_option
def merge(into: str, merged: tuple[str, ...], reason: str, folder: Path, author: str | None) -> None:
    """The ids MERGED mean the same as INTO: who asks for one gets the claims on all. Can be taken back."""
    opened, ledger = opened_by(folder, author)
    for id in (into, *merged):
        if not _is_known(opened, id):
            raise LedgerError(f"{id} is neither in the country pack nor in any claim", remedy="check the id")
    click.echo(f"entry {ledger.merge_entities(into, merged, reason)}: merged into {into}")


@command.command()
@click.argument("into")
@click.argument("unmerged", nargs=-1, required=True)
@reason_option
@project_option
@as_option
def unmerge(into: str, unmerged: tuple[str, ...], reason: str, folder: Path, author: str | None) -> None:
    """The ids UNMERGED are not INTO after all."""
    _, ledger = opened_by(folder, author)
    click.echo(f"entry {ledger.unmerge_entities(into, unmerged, reason)}: no longer merged into {into}")


@command.command()
@project_option
@seed_option
@json_option
def agreement(folder: Path, seed: int, as_json: bool) -> None:
    """How far reviewers agree: Krippendorff's alpha, field by field, and the claims to settle.

    Over claims that two or more reviewed. Only a --blind review is independent of the one before.
    """
    from satrap.review import agreement, disputes

    acts = project.open(folder).ledger.acts()
    found, open_ones = agreement(acts, seed=seed), disputes(acts)
    if as_json:
        print_json({"fields": found, "disputes": open_ones})
        return
    table = Table("field", "claims", "agreed", "alpha", "95% of resamples", box=None)
    for one in found:
        band = "" if one.low is None else f"{one.low:.2f} to {one.high:.2f}"
        alpha = "no variation" if one.alpha is None else f"{one.alpha:.2f}"
        table.add_row(one.field, str(one.claims), str(one.agreed), alpha, band)
    console.print(table)
    for dispute in open_ones:
        console.print(f"{dispute.claim[:8]}: {', '.join(dispute.fields)}", highlight=False)
    console.print(f"{len(open_ones)} claims to settle.")


@command.command()
@project_option
@json_option
def rules(folder: Path, as_json: bool) -> None:
    """Which reading rules err, by what became of the claims they made; the worst first."""
    from satrap.review import rule_records

    found = rule_records(project.open(folder).ledger.acts())
    if as_json:
        print_json(found)
        return
    table = Table(
        "rule", "accepted", "corrected", "rejected", "wrong", "95%", "corrected in (alone)", box=None
    )
    for one in found:
        fields = ", ".join(f"{name} {n} ({one.alone.get(name, 0)})" for name, n in one.fields.items())
        counts = (str(n) for n in (one.accepted, one.corrected, one.rejected))
        table.add_row(one.rule, *counts, f"{one.wrong:.0%}", f"{one.low:.0%}–{one.high:.0%}", fields)
    console.print(table)


def opened_by(folder: Path, author: str | None) -> tuple[Project, Ledger]:
    """The project, and its ledger as the reviewer writes it."""
    opened = project.open(folder)
    return opened, opened.ledger.by(reviewer(folder, author))


def reviewer(folder: Path, author: str | None) -> str:
    kept = settings.load(folder).author
    return author or (kept if kept != settings.AUTHOR else getpass.getuser())


def _subject(opened: Project, subject: str) -> str:
    tries: list[Callable[[], str]] = [
        lambda: opened.ledger.claim(subject).id,
        lambda: opened.ledger.report(subject).hash,
    ]
    if _is_known(opened, subject):
        return subject
    for find in tries:
        try:
            return find()
        except LedgerError:
            continue
    raise LedgerError(f"{subject[:64]!r} is no claim, report or id", remedy="see `satrap claims --json`")


def _is_known(opened: Project, id: str) -> bool:
    pack, ledger = opened.pack, opened.ledger
    declared = (pack.institutions, pack.people, pack.posts, pack.groups, pack.places)
    return (
        any(id in each for each in declared)
        or bool(ledger.claims(person=id, limit=1))
        or bool(ledger.claims(institution=id, limit=1))
    )


def _plain(one: "Queued", blind: bool) -> dict[str, Any]:
    """Blind, it tells nothing of what others decided."""
    fields = {**msgspec.structs.asdict(one), "id": one.recorded.id, "priority": one.priority}
    if blind:
        del fields["recorded"]
    return fields
