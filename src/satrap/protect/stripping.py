"""What is taken out of reports and claims before anything is recorded.

Sealed are a report's author, whatever its origin tells of a person's files, and the name of anybody who
speaks at their own risk. The ledger strips what it is given to record; only the vault may keep what was
taken out.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from satrap.claims import Argument, Claim, Source
from satrap.protect.sensitivity import ANONYMOUS
from satrap.reports import Report

Handle = Callable[[str, str], str | None]
"""From a publisher and the name it gave a voice to an opaque handle, such as `vault.Unlocked.handle`."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LOGIN = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)

HANDLE = re.compile(r"voice-[0-9a-f]{16}")


class Sealed(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was taken out of one report and its claims; ``names`` by handle."""

    author: str | None = None
    origin: str | None = None
    url: str | None = None
    names: dict[str, str] = {}


class Stripped(NamedTuple):
    """What may be recorded, and what was taken out."""

    report: Report
    claims: tuple[Claim, ...]
    sealed: Sealed


def strip(report: Report, claims: Sequence[Claim] = (), handle: Handle | None = None) -> Stripped:
    """The report and its claims without what is sealed; doing it again takes nothing more.

    A voice's name becomes its handle, so that the ledger can tell two voices of a report apart: by default
    one that is made of the report and of the order in which it names them, and tells nothing of the name.
    Claims that name others by id name them by their new ids. Web addresses stay, without user names and
    passwords.
    """
    origin = report.origin if _is_address(report.origin) else None
    url = _without_login(report.url) if _is_address(report.url) else None
    kept = report
    if (report.author, report.origin, report.url) != (None, origin, url):
        kept = msgspec.structs.replace(report, author=None, origin=origin, url=url)
    names: dict[str, str] = {}
    handle = handle or _in_order(report)
    stripped = tuple(_claim(claim, report.publisher, handle, names) for claim in claims)
    sealed = Sealed(
        author=report.author,
        origin=report.origin if report.origin != origin else None,
        url=report.url if report.url != url else None,
        names=names,
    )
    return Stripped(kept, _renamed(claims, stripped), sealed)


def nameless(claim: Claim) -> Claim:
    """One claim alone, without names of voices at risk."""
    return _claim(claim, "", lambda *_: None, {})


def _in_order(report: Report) -> Handle:
    """Handles by the order in which a report names its voices."""
    known: dict[str, str] = {}

    def handle(_: str, name: str) -> str:
        made = hashlib.sha256(f"{report.hash} {len(known)}".encode()).hexdigest()[:16]
        return known.setdefault(name, f"voice-{made}")

    return handle


def _claim(claim: Claim, publisher: str, handle: Handle, names: dict[str, str]) -> Claim:
    if not any(_names_somebody(source) for source in claim.said_by):
        return claim

    def without(source: Source) -> Source:
        if not _names_somebody(source) or source.name is None:
            return source
        given = handle(publisher, source.name)
        if given:
            names[given] = source.name
        return msgspec.structs.replace(source, name=given)

    return claim.clone(said_by=tuple(map(without, claim.said_by)))


def _names_somebody(source: Source) -> bool:
    return source.name is not None and source.kind in ANONYMOUS and not HANDLE.fullmatch(source.name)


def _renamed(before: Sequence[Claim], after: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims, naming each other by the ids that they have now.

    An id covers the ids that its claim names in roles: renaming goes on until nothing changes.
    """
    if all(one is other for one, other in zip(before, after, strict=True)):
        return after
    old = [claim.id for claim in before]
    while True:
        new = dict(zip(old, (claim.id for claim in after), strict=True))
        again = tuple(_naming(one, claim, new) for one, claim in zip(before, after, strict=True))
        if again == after:
            return after
        after = again


def _naming(before: Claim, after: Claim, new: dict[str, str]) -> Claim:
    def named(argument: Argument) -> Argument:
        return msgspec.structs.replace(argument, id=new[argument.id]) if argument.id in new else argument

    return after.clone(
        because=tuple(new.get(one, one) for one in before.because),
        roles={role: tuple(map(named, of)) for role, of in before.roles.items()},
    )


def _is_address(text: str | None) -> bool:
    return text is not None and _ADDRESS.match(text) is not None


def _without_login(url: str | None) -> str | None:
    return _LOGIN.sub(r"\1", url) if url else url
