"""Signing what the ledger commits to with an SSH key, so that others can hold it against the ledger later.

The signature is OpenSSH's own (PROTOCOL.sshsig): ``ssh-keygen -Y verify`` checks it without satrap.
"""

import base64
import struct
import textwrap
from hashlib import sha512

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from satrap.errors import LedgerError
from satrap.ledger.tree import Head

NAMESPACE = "satrap-ledger"  # a signature made for one purpose is no good for another
_MAGIC = b"SSHSIG"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_KIND = b"ssh-ed25519"


def statement(head: Head) -> str:
    """What is signed."""
    return f"satrap ledger\nentries {head.size}\nroot {head.root.hex()}\nat {head.at}\n"


def stated(text: str) -> tuple[int, str]:
    """The number of entries and the root (hex) of a statement; raises LedgerError where it is none."""
    lines = [line.partition(" ") for line in text.splitlines()]
    said = {name: value for name, _, value in lines}
    if (
        not text.startswith("satrap ledger\n")
        or not said.get("entries", "").isdecimal()
        or "root" not in said
    ):
        raise LedgerError(
            "this is no statement about a ledger", remedy="name the file that `satrap countersign` wrote"
        )
    return int(said["entries"]), said["root"]


def private_key(data: bytes, passphrase: str | None = None) -> Ed25519PrivateKey:
    """An OpenSSH private key; raises LedgerError where it is none of ed25519 or the passphrase is wrong."""
    try:
        key = serialization.load_ssh_private_key(data, passphrase.encode() if passphrase else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise LedgerError("the key cannot be opened", remedy="check the file and passphrase") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError("the key is not of ed25519", remedy="make one: ssh-keygen -t ed25519")
    return key


def needs_passphrase(data: bytes) -> bool:
    """Whether a private key is encrypted."""
    try:
        serialization.load_ssh_private_key(data, None)
    except TypeError:
        return True
    except (ValueError, UnsupportedAlgorithm):
        return False
    return False


def public_key(data: bytes) -> Ed25519PublicKey:
    """An OpenSSH public key, as in a ``.pub`` file."""
    try:
        key = serialization.load_ssh_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise LedgerError("the public key cannot be read", remedy="name a .pub file of ssh-keygen") from error
    if not isinstance(key, Ed25519PublicKey):
        raise LedgerError("the public key is not of ed25519", remedy="ask for one that is")
    return key


def sign(text: str, key: Ed25519PrivateKey) -> str:
    """An armoured signature over a text."""
    public = _blob(key.public_key())
    signature = _fields(_KIND, key.sign(_signed(text)))
    packet = _MAGIC + struct.pack(">I", 1) + _fields(public, NAMESPACE.encode(), b"", b"sha512", signature)
    body = textwrap.wrap(base64.b64encode(packet).decode(), 70)
    return "\n".join([_BEGIN, *body, _END]) + "\n"


def is_signed(text: str, armoured: str, key: Ed25519PublicKey) -> bool:
    """Whether the signature is one that this key made over this very text."""
    inner = armoured.strip().removeprefix(_BEGIN).removesuffix(_END)
    try:
        packet = base64.b64decode("".join(inner.split()), validate=True)
        prefix = _MAGIC + struct.pack(">I", 1) + _fields(_blob(key), NAMESPACE.encode(), b"", b"sha512")
        if not packet.startswith(prefix):
            return False
        [signature] = _unpacked(packet[len(prefix) :])
        kind, raw = _unpacked(signature)
        key.verify(raw, _signed(text))
    except (ValueError, struct.error, InvalidSignature):
        return False
    return kind == _KIND


def _signed(text: str) -> bytes:
    return _MAGIC + _fields(NAMESPACE.encode(), b"", b"sha512", sha512(text.encode()).digest())


def _blob(key: Ed25519PublicKey) -> bytes:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return _fields(_KIND, raw)


def _fields(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def _unpacked(data: bytes) -> list[bytes]:
    parts: list[bytes] = []
    while data:
        (size,) = struct.unpack_from(">I", data)
        if len(data) < 4 + size:
            raise ValueError("cut short")
        parts.append(data[4 : 4 + size])
        data = data[4 + size :]
    return parts
