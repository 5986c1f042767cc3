"""Which addresses a report may be fetched from."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from satrap.errors import ReportError

PORTS = {"http": 80, "https": 443}  # no other: a report is published, not served from an odd corner
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215
_HOST = re.compile(r"[a-z0-9.\-_]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    IPv4 inside IPv6 (mapped, compatible, 6to4, Teredo, NAT64) counts as what it wraps: a resolver or a
    gateway may lead there.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        if found.ipv4_mapped:
            return _is_public(found.ipv4_mapped)
        if not all(map(_is_public, _wrapped(found))):
            return False
    return _is_public(found)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: IPv6Address) -> list[IPv4Address]:
    inside = [one for one in (address.sixtofour, *(address.teredo or ())) if one]
    if any(address in network for network in _NAT64) or int(address) >> 32 == 0:
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return inside


def checked(url: str, base: str | None = None) -> SplitResult:
    """An address that may be asked for, in ASCII; ``base`` is the page that led to it.

    Raises ReportError for any scheme but http and https, other ports than theirs, names with user and
    password, and names that are no host names.
    """
    joined = urljoin(base, url) if base else url
    shown = joined.split("?")[0][:200] if joined.isprintable() else "an address with unprintable signs"
    try:
        parts = urlsplit(joined)
        host, port = parts.hostname or "", parts.port
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as error:  # UnicodeError is one
        raise ReportError(f"{shown}: not a web address", remedy="check it") from error
    if parts.scheme not in PORTS:
        raise ReportError(
            f"{shown}: only http and https addresses are fetched", remedy="save the page and name the file"
        )
    if parts.username is not None or parts.password is not None:
        raise ReportError(
            "an address with a user name in it is not fetched", remedy="take user and password out of it"
        )
    netloc = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    if not _HOST.fullmatch(netloc) or _CONTROL.search(joined):
        raise ReportError(f"{shown}: not a web address", remedy="check it")
    if port not in (None, PORTS[parts.scheme]):
        raise ReportError(
            f"{shown}: only the ports 80 and 443 are fetched from", remedy="save the page and name the file"
        )
    return parts._replace(netloc=netloc, fragment="")
