"""satrap countersign"""

import sys
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from satrap import project
from satrap.cli.options import json_option, print_json, project_option
from satrap.ledger import countersign
from satrap.publish.statement import write_statement


@click.command(
    epilog="""Examples:

\b
  satrap countersign --key ~/.ssh/id_ed25519            # writes ledger-1204.txt and ledger-1204.txt.sig
  satrap countersign --check ledger-1204.txt --signer min.pub
  ssh-keygen -Y verify -n satrap-ledger -f allowed_signers -I min -s ledger-1204.txt.sig < ledger-1204.txt

Hand both files to someone who does not hold the ledger: they show later that it is still the same one.
"""
)
@project_option
@click.option("--key", type=click.Path(path_type=Path), help="Your OpenSSH private key (ed25519).")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(), help="Where to write.  [default: here]"
)
@click.option("--check", type=click.Path(path_type=Path), help="A statement signed earlier.")
@click.option("--signer", type=click.Path(path_type=Path), help="The public key of who signed it.")
@json_option
def command(
    folder: Path, key: Path | None, out: Path, check: Path | None, signer: Path | None, as_json: bool
) -> None:
    """Sign what the ledger commits to now, or check what somebody signed earlier."""
    ledger = project.open(folder).ledger
    if check and signer:
        text = _read(check).decode(errors="replace")
        armoured = _read(check.with_name(check.name + ".sig")).decode(errors="replace")
        signed = countersign.is_signed(text, armoured, countersign.public_key(_read(signer)))
        entries, root = countersign.stated(text)
        held = ledger.had(entries, root)
        if as_json:
            print_json({"entries": entries, "root": root, "signed": signed, "held": held})
        elif signed and held:
            click.echo(f"Signed by this key, and the ledger still holds these {entries} entries.")
        if not signed:
            click.echo("satrap: the signature is not this key's over this statement", err=True)
        if not held:
            click.echo("satrap: the ledger never had this root: it is not the one that was signed", err=True)
        sys.exit(0 if signed and held else 1)
    if not key or check or signer:
        raise click.UsageError("give --key to sign, or --check with --signer to check")
    head = ledger.head
    text = countersign.statement(head)
    signature = countersign.sign(text, _opened(_read(key)))
    statement = out / f"ledger-{head.size}.txt"
    write_statement(text, signature, statement)
    if as_json:
        print_json({"statement": str(statement), "entries": head.size, "root": head.root.hex()})
    else:
        click.echo(
            f"{statement} and {statement.name}.sig: hand both to someone who does not hold the ledger."
        )


def _opened(data: bytes) -> Ed25519PrivateKey:
    if countersign.needs_passphrase(data):
        return countersign.private_key(data, click.prompt("Passphrase", hide_input=True, err=True))
    return countersign.private_key(data)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
