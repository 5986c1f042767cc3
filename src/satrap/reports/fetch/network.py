"""Connections that go where the look-up that was checked says, and end in time."""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from satrap.errors import ReportError
from satrap.reports.fetch.address import is_public

Resolver = Callable[[str], list[str]]  # a host name to its IP addresses
Clock = Callable[[], float]


def resolve(host: str) -> list[str]:
    """Every address of a host, as this machine looks it up; raises OSError where it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


class Network(httpcore.NetworkBackend):
    """Looks a host up once a connection, refuses it unless all its addresses are public, and connects to the
    very address it checked: what the name means a moment later does not matter.

    ``until`` is the moment by which everything must have ended, on ``clock``; `Fetcher` sets it.
    """

    def __init__(
        self,
        resolver: Resolver = resolve,
        *,
        allowed: Callable[[str], bool] = is_public,
        backend: httpcore.NetworkBackend | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.until = float("inf")
        self._resolve = resolver
        self._allowed = allowed
        self._backend = backend or httpcore.SyncBackend()
        self._clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises ReportError where a name leads anywhere but to the public internet."""
        try:
            found = self._resolve(host.strip("[]"))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known") from error
        if not found or not all(map(self._allowed, found)):
            raise ReportError(
                f"{host}: not an address of the public internet",
                remedy="satrap fetches nothing from inside a network; save the page and name the file",
            )
        stream = self._backend.connect_tcp(found[0], port, self.left(timeout), local_address, socket_options)
        return _Timed(stream, self)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("reports are not fetched from sockets")

    def left(self, timeout: float | None) -> float:
        """What may be waited now; raises ReadTimeout when the time is over."""
        left = self.until - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if timeout is None else min(left, timeout)


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends with the time for the page, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, network: Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _Timed(secured, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
