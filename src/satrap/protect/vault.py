"""The vault: what recording strips, in a file of its own that only two people together can open.

Every entry is encrypted with age (https://age-encryption.org/v1) to one holder and the result to the other,
so that both private keys are needed. Adding needs none: whoever reads reports need not be able to open it.

The file is text: a line that names the two recipients, one line of base64 an entry, and a last line with the
number of entries and the hash of all before it, by which damage is found without a key. Inside, each entry
tells its place and the hash of the line before it, by which whoever opens it finds entries taken away, moved
or put in. Not found: the newest entries taken away together with a new last line, or entries that somebody
added who has the file; and an entry's size shows, in steps of 256 bytes.
"""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec
import pyrage
from pyrage.x25519 import Identity, Recipient

from satrap.claims import Claim
from satrap.errors import ProtectError
from satrap.protect.stripping import Sealed, strip
from satrap.reports import Report

FORM = "satrap vault 1"
_STEP = 256  # bytes: sizes of entries tell no more than this
_SECRET = "secret"  # the key of the entry that handles are made with


Outcome = Sequence[Claim] | Exception  # of reading a report


class VaultEntry(msgspec.Struct, frozen=True):
    """What was kept under ``key`` (a report's hash or a voice's handle): the sealed fields, and a note."""

    key: str
    sealed: dict[str, Any]
    note: str = ""


class _Line(msgspec.Struct, frozen=True):
    place: int
    previous: str
    entry: VaultEntry


class Vault:
    """A vault file, locked: entries can be added, none read. `unlock` opens it."""

    def __init__(self, path: Path, recipients: tuple[str, str], lines: tuple[bytes, ...]) -> None:
        self.path = path
        self.recipients = recipients
        self._lines = lines

    @classmethod
    def create(cls, path: Path, recipients: tuple[str, str]) -> Self:
        """A new vault for two holders' age recipients (``age1…``).

        Raises ProtectError where the file exists or cannot be written, or a recipient is none, or the other.
        """
        if path.exists():
            raise ProtectError(f"{path}: exists already", remedy="name a new file")
        _check(recipients)
        made = cls(path, recipients, (f"{FORM} {recipients[0]} {recipients[1]}".encode(),))
        made.put([VaultEntry(_SECRET, {"key": secrets.token_hex(32)})])
        return made

    @classmethod
    def open(cls, path: Path) -> Self:
        """The vault in a file, locked; raises ProtectError where it is none, cut short or altered."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ProtectError(f"{path}: {error.strerror}", remedy="make one: satrap vault init") from error
        *lines, last = data.removesuffix(b"\n").split(b"\n")
        header = lines[0].decode("ascii", "replace") if lines else ""
        if not header.startswith(f"{FORM} age1") or header.count(" ") != 4:
            raise ProtectError(f"{path}: no vault of satrap's", remedy="name the file that vault init made")
        if not data.endswith(b"\n") or last != _seal(lines):
            raise ProtectError(f"{path}: cut short or altered", remedy="restore it from a backup")
        first, second = header.split(" ")[3:]
        return cls(path, (first, second), tuple(lines))

    def __len__(self) -> int:
        """How many entries it holds, the first of which is its own secret."""
        return len(self._lines) - 1

    def put(self, entries: Iterable[VaultEntry]) -> None:
        """Add entries; all are durable when this returns, or none is."""
        lines = list(self._lines)
        for entry in entries:
            line = _Line(len(lines), hashlib.sha256(lines[-1]).hexdigest(), entry)
            plain = msgspec.json.encode(line)
            plain += b" " * (-len(plain) % _STEP)
            inner = pyrage.encrypt(plain, [Recipient.from_str(self.recipients[1])])
            lines.append(base64.b64encode(pyrage.encrypt(inner, [Recipient.from_str(self.recipients[0])])))
        if len(lines) > len(self._lines):
            _write(self.path, lines)
            self._lines = tuple(lines)

    def unlock(self, identities: Sequence[str]) -> "Unlocked":
        """Open it with both holders' private keys (``AGE-SECRET-KEY-1…``); use it in a ``with`` block.

        Raises ProtectError where a key is none, one is missing, or an entry was altered, moved or taken away.
        """
        try:
            keys = [Identity.from_str(one.strip()) for one in identities]
        except pyrage.IdentityError:
            raise ProtectError(
                "a key is no age identity", remedy="pass files that begin with AGE-SECRET-KEY-1"
            ) from None
        fitting = {str(key.to_public()) for key in keys} & set(self.recipients)
        if len(fitting) < 2:
            raise ProtectError(
                "one of the two keys is missing" if fitting else "these keys do not open this vault",
                remedy="both holders' keys are needed",
            )
        return Unlocked(self, [self._opened(place, keys) for place in range(1, len(self._lines))])

    def _opened(self, place: int, keys: Sequence[Identity]) -> bytearray:
        try:
            inner = pyrage.decrypt(base64.b64decode(self._lines[place], validate=True), keys)
            plain = bytearray(pyrage.decrypt(inner, keys))
            line = msgspec.json.decode(plain, type=_Line)
        except (pyrage.DecryptError, ValueError, msgspec.MsgspecError):
            raise self._altered(place) from None
        if (line.place, line.previous) != (place, hashlib.sha256(self._lines[place - 1]).hexdigest()):
            raise self._altered(place)
        return plain

    def _altered(self, place: int) -> ProtectError:
        return ProtectError(
            f"{self.path}: entry {place} was altered, moved, or one before it taken away",
            remedy="restore it from a backup",
        )


class Unlocked:
    """An open vault. Leaving the block overwrites what was decrypted.

    As far as Python allows: entries are kept as bytes that can be overwritten and decoded only when asked
    for, but what was handed out, and what the decoder and the decryption have not freed, may stay in memory.
    """

    def __init__(self, vault: Vault, plain: list[bytearray]) -> None:
        self._vault = vault
        self._plain = plain

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Overwrite what was decrypted, and lock it."""
        for one in self._plain:
            one[:] = bytes(len(one))
        self._plain = []

    def put(self, entries: Iterable[VaultEntry]) -> None:
        """As :meth:`Vault.put`; `get` finds them once it is opened anew."""
        self._vault.put(entries)

    def get(self, key: str) -> tuple[VaultEntry, ...]:
        """Everything kept under a key, oldest first; empty where there is nothing."""
        return tuple(entry for entry in self._entries() if entry.key == key and key != _SECRET)

    def keys(self) -> tuple[str, ...]:
        """Every key, in the order in which it was first used."""
        return tuple(dict.fromkeys(entry.key for entry in self._entries() if entry.key != _SECRET))

    def handle(self, publisher: str, name: str) -> str:
        """The opaque handle of a voice: one for each publisher's name for it.

        HMAC-SHA256 with the vault's secret: without the vault, no guess at a name can be checked.
        """
        (secret,) = (entry for entry in self._entries() if entry.key == _SECRET)
        told = "\x1f".join((publisher, name)).encode()
        return "voice-" + hmac.new(bytes.fromhex(secret.sealed["key"]), told, "sha256").hexdigest()[:16]

    def hand_over(self, recipients: tuple[str, str]) -> Vault:
        """Encrypt everything anew for two other holders, into the same file."""
        _check(recipients)
        entries = list(self._entries())
        fresh = Vault(self._vault.path, recipients, (f"{FORM} {recipients[0]} {recipients[1]}".encode(),))
        fresh.put(entries)
        return fresh

    def _entries(self) -> Iterable[VaultEntry]:
        if not self._plain:
            raise ProtectError("the vault is locked again", remedy="unlock it anew")
        return (msgspec.json.decode(one, type=_Line).entry for one in self._plain)


def new_key(path: Path) -> str:
    """Write a new private key to a file of its owner's only; returns the recipient that belongs to it."""
    made = Identity.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise ProtectError(f"{path}: {error.strerror}", remedy="name a new file") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def identities(path: Path) -> list[str]:
    """The private keys in an age identity file; raises ProtectError where there is none."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ProtectError(f"{path}: cannot be read", remedy="name an age identity file") from None
    found = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
    if not found:
        raise ProtectError(f"{path}: holds no private key", remedy="name an age identity file")
    return found


def keeping(
    vault: "Vault | Unlocked | None", read: Iterable[tuple[Report, Outcome]]
) -> Iterator[tuple[Report, Outcome]]:
    """What was read, stripped of what is sealed once the vault holds that; as it is where there is no vault.

    An open vault gives voices their handles; a locked one keeps names under handles of the report's own.
    """
    if vault is None:
        yield from read
        return
    handle = vault.handle if isinstance(vault, Unlocked) else None
    recorded: list[tuple[Report, Outcome]] = []
    entries: list[VaultEntry] = []
    for report, outcome in read:
        if isinstance(outcome, Exception):
            recorded.append((report, outcome))
            continue
        kept, claims, sealed = strip(report, outcome, handle)
        recorded.append((kept, claims))
        entries += entries_of(report.hash, sealed)
    vault.put(entries)
    yield from recorded


def entries_of(report: str, sealed: Sealed) -> list[VaultEntry]:
    """What was stripped from a report: its own fields under its hash, each name under its handle."""
    fields = {name: text for name, text in msgspec.structs.asdict(sealed).items() if text and name != "names"}
    own = [VaultEntry(report, fields)] if fields else []
    return own + [VaultEntry(voice, {"name": name, "report": report}) for voice, name in sealed.names.items()]


def _check(recipients: tuple[str, str]) -> None:
    for one in recipients:
        try:
            Recipient.from_str(one)
        except pyrage.RecipientError:
            raise ProtectError(
                f"{one[:12]}… is no age recipient", remedy="pass public keys that begin with age1"
            ) from None
    if recipients[0] == recipients[1]:
        raise ProtectError("both recipients are the same", remedy="name two holders' keys")


def _seal(lines: Sequence[bytes]) -> bytes:
    digest = hashlib.sha256(b"\n".join(lines)).hexdigest()
    return f"end {len(lines) - 1} {digest}".encode()


def _write(path: Path, lines: Sequence[bytes]) -> None:
    """The whole file or nothing, readable by its owner only."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(b"\n".join((*lines, _seal(lines))) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ProtectError(f"{path}: {error.strerror}", remedy="choose a folder you can write to") from error
