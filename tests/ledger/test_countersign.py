import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.ledger.countersign import (
    is_signed,
    needs_passphrase,
    private_key,
    public_key,
    sign,
    stated,
    statement,
)


@pytest.fixture(scope="module")
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def public_line(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)


def test_a_signature_is_this_keys_over_this_text_alone(ledger: Ledger, key: Ed25519PrivateKey) -> None:
    text = statement(ledger.head)
    signature = sign(text, key)
    public = public_key(public_line(key))
    assert is_signed(text, signature, public)
    assert stated(text) == (1, ledger.root)
    assert not is_signed(text.replace("entries 1", "entries 2"), signature, public)
    assert not is_signed(text, signature, Ed25519PrivateKey.generate().public_key())
    lines = signature.splitlines()
    for damaged in (
        "",
        "no signature",
        "\n".join(lines[:-2] + lines[-1:]),
        signature.replace(lines[3][:4], "AAAA"),
    ):
        assert not is_signed(text, damaged, public)


def test_ssh_keygen_accepts_it(tmp_path: Path, ledger: Ledger, key: Ed25519PrivateKey) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH is not installed")
    text = statement(ledger.head)
    (tmp_path / "s.sig").write_text(sign(text, key))
    (tmp_path / "allowed").write_bytes(b"min " + public_line(key) + b"\n")
    check = ["ssh-keygen", "-Y", "verify", "-n", "satrap-ledger", "-f", "allowed", "-I", "min", "-s", "s.sig"]
    subprocess.run(check, input=text.encode(), cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    altered = subprocess.run(check, input=text.encode() + b" ", cwd=tmp_path, capture_output=True)
    assert altered.returncode != 0


def test_keys_that_cannot_be_used_say_why(key: Ed25519PrivateKey) -> None:
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    assert not needs_passphrase(plain)
    assert private_key(plain).public_key() == key.public_key()
    with pytest.raises(LedgerError, match="cannot be opened"):
        private_key(b"not a key")
    with pytest.raises(LedgerError, match=r"\.pub file"):
        public_key(b"not a key")
    with pytest.raises(LedgerError, match="no statement"):
        stated("a letter\n")
