"""A site on this machine that a fetcher takes for one on the internet, and a record of where it connected."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore
import pytest

from satrap.reports.fetch import Fetcher, Limits
from satrap.reports.fetch.network import Network

PUBLIC = "193.0.6.139"
Answer = tuple[int, dict[str, str], bytes]


class ToSite(httpcore.NetworkBackend):
    """Connects to the site whatever address is asked for, and notes the address."""

    def __init__(self, port: int, connected: list[str]) -> None:
        self._port = port
        self._connected = connected

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self._connected.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port)


@dataclass
class Site:
    """``pages``: what each path answers; names resolve to ``addresses`` in turn, the last for ever."""

    pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]]
    addresses: dict[str, list[str]] = field(default_factory=dict)
    connected: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float = 0.0
    port: int = 0

    def resolve(self, host: str) -> list[str]:
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        told = self.addresses.get(host, [PUBLIC])
        return [told.pop(0) if len(told) > 1 else told[0]]

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def fetcher(self, limits: Limits = Limits(), **more: Any) -> Fetcher:  # noqa: B008
        network = Network(self.resolve, backend=ToSite(self.port, self.connected), **more)
        return Fetcher(limits, network=network, sleep=self.sleep)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site({})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.headers["Host"] + self.path)
            answer = made.pages.get(self.path.partition("?")[0], (404, {}, b"no such page"))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        made.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()
