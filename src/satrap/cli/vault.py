"""satrap vault"""

from pathlib import Path

import click

from satrap.cli.options import json_option, print_json
from satrap.protect.vault import Vault, VaultEntry, identities, new_key

vault_argument = click.argument("path", metavar="VAULT", type=click.Path(path_type=Path))
key_option = click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A holder's age identity file; give it twice, once for each holder.",
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""Examples:

\b
  satrap vault key min.key                  # each holder makes a key and passes on what it prints
  satrap vault init sources.vault age1… age1…
  satrap read reports/ --vault sources.vault
  satrap vault put sources.vault voice-3f2a… --note "met in Dandong, may be written to"
  satrap vault get sources.vault voice-3f2a… --key min.key --key jun.key

Keep the vault, its keys and the ledger in three places: one of them alone tells nobody's name.
""",
)
def command() -> None:
    """Keep who told it in a file of its own that two people open together."""


@command.command(
    epilog="""Examples:

\b
  satrap vault key min.key
"""
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def key(path: Path, as_json: bool) -> None:
    """Make a private key in FILE and print the recipient that belongs to it."""
    recipient = new_key(path)
    if as_json:
        print_json({"recipient": recipient})
    else:
        click.echo(recipient)


@command.command(
    epilog="""Examples:

\b
  satrap vault init sources.vault age1… age1…
"""
)
@vault_argument
@click.argument("first", metavar="RECIPIENT")
@click.argument("second", metavar="RECIPIENT")
def init(path: Path, first: str, second: str) -> None:
    """Make an empty VAULT for two holders, by their age recipients."""
    Vault.create(path, (first, second))
    click.echo(f"{path}: locked. Both holders' keys are needed to read it, none to add to it.")


@command.command(
    epilog="""Examples:

\b
  satrap vault put sources.vault voice-3f2a… --note "met in Dandong"
  satrap vault put sources.vault 5b1c… --field author="Kim Min"
"""
)
@vault_argument
@click.argument("entry", metavar="ENTRY")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="Something to keep.")
@click.option("--note", default="", help="A note for whoever opens it.")
def put(path: Path, entry: str, fields: tuple[str, ...], note: str) -> None:
    """Add to VAULT what is known of ENTRY: a report's hash or a voice's handle. No key is needed."""
    pairs = [field.partition("=") for field in fields]
    if not all(equals and name for name, equals, _ in pairs):
        raise click.BadParameter("write NAME=VALUE", param_hint="--field")
    if not pairs and not note:
        raise click.UsageError("Give a --field or a --note.")
    Vault.open(path).put([VaultEntry(entry, {name: value for name, _, value in pairs}, note)])
    click.echo(f"{path}: kept.")


@command.command(
    epilog="""Examples:

\b
  satrap vault get sources.vault --key min.key --key jun.key           # which entries there are
  satrap vault get sources.vault voice-3f2a… --key min.key --key jun.key
"""
)
@vault_argument
@click.argument("entry", metavar="[ENTRY]", required=False)
@key_option
@json_option
def get(path: Path, entry: str | None, keys: tuple[Path, ...], as_json: bool) -> None:
    """Print what VAULT keeps of ENTRY, or the names of all entries."""
    with Vault.open(path).unlock([one for file in keys for one in identities(file)]) as opened:
        if entry is None:
            names = opened.keys()
            print_json(names) if as_json else click.echo("\n".join(names) or "nothing is kept yet")
            return
        found = opened.get(entry)
        if as_json:
            print_json(found)
            return
        for one in found:
            told = [f"{name}: {value}" for name, value in one.sealed.items()]
            click.echo("\n".join([*told, *([f"note: {one.note}"] if one.note else [])]))
        if not found:
            click.echo("nothing is kept of it")


@command.command(
    epilog="""Examples:

\b
  satrap vault recipients sources.vault
  satrap vault recipients sources.vault --change age1… age1… --key min.key --key jun.key
"""
)
@vault_argument
@click.option("--change", nargs=2, metavar="RECIPIENT RECIPIENT", help="Hand it over to these two holders.")
@key_option
@json_option
def recipients(path: Path, change: tuple[str, str] | None, keys: tuple[Path, ...], as_json: bool) -> None:
    """Print whose two keys open VAULT, or hand it over to two other holders."""
    vault = Vault.open(path)
    if change:
        with vault.unlock([one for file in keys for one in identities(file)]) as opened:
            vault = opened.hand_over(change)
    if as_json:
        print_json({"recipients": vault.recipients, "entries": len(vault)})
    else:
        click.echo("\n".join(vault.recipients))
