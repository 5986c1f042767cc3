"""A page by its address: redirects, size, time, compression and robots.txt looked after."""

import time
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult
from urllib.robotparser import RobotFileParser

import httpcore

from satrap.errors import ReportError
from satrap.reports.fetch.address import checked
from satrap.reports.fetch.limits import Limits
from satrap.reports.fetch.network import Clock, Network
from satrap.reports.original import Original

AGENT = "satrap"
_ROBOTS = 500 * 1024  # bytes read of a robots.txt: what RFC 9309 asks for at least
_STEP = 15.0  # seconds for one wait; Limits.seconds bounds their sum
_HEADERS = [("User-Agent", AGENT), ("Accept", "text/html, */*;q=0.5"), ("Accept-Encoding", "gzip")]
_SUFFIX = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}
_NOTHING = "User-agent: *\nDisallow: /"
_MOVED = {301, 302, 303, 307, 308}


class _TooLargeError(Exception):
    """More bytes than a report can be."""


class Fetcher:
    """Fetches one page at a time; keeps no cookies and sends nothing but its name. Close it when done.

    ``clock`` and ``sleep`` are given so that the pauses can be tested without waiting.
    """

    def __init__(
        self,
        limits: Limits = Limits(),  # noqa: B008  frozen
        *,
        network: Network | None = None,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits
        self._network = network or Network(clock=clock)
        self._pool = httpcore.ConnectionPool(network_backend=self._network, max_keepalive_connections=0)
        self._clock = clock
        self._sleep = sleep
        self._robots: dict[tuple[str, str], RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def __call__(self, url: str) -> Original:
        """The page at ``url``; raises ReportError, which says why there is none."""
        self._network.until = self._clock() + self._limits.seconds
        target = checked(url)
        for _ in range(self._limits.redirects + 1):
            self._heed_robots(target)
            status, headers, body = self._ask(target, self._limits.largest)
            if status in _MOVED and "location" in headers:
                target = checked(headers["location"], target.geturl())
            elif status != 200:
                raise ReportError(
                    f"{_shown(target)}: the server answered {status}",
                    remedy="check the address, or save the page and name the file",
                )
            else:
                return _original(target, headers, body)
        raise ReportError(
            f"{url}: led elsewhere more than {self._limits.redirects} times", remedy="name the last address"
        )

    def _heed_robots(self, target: SplitResult) -> None:
        """Raises ReportError where the site asks not to be read by programs; waits as long as it asks."""
        site = (target.scheme, target.netloc)
        if site not in self._robots:
            self._robots[site] = self._rules(target)
        rules = self._robots[site]
        if not rules.can_fetch(AGENT, target.geturl()):
            raise ReportError(
                f"{_shown(target)}: the site's robots.txt asks programs not to read this page",
                remedy="save the page in a browser and name the file",
            )
        asked = rules.crawl_delay(AGENT)
        pause = min(max(self._limits.pause, float(asked or 0)), self._limits.longest_pause)
        wait = self._asked.get(target.netloc, float("-inf")) + pause - self._clock()
        if wait > 0:
            self._sleep(wait)
            self._network.until += wait  # our own patience is not the server's slowness
        self._asked[target.netloc] = self._clock()

    def _rules(self, target: SplitResult) -> RobotFileParser:
        """RFC 9309: no such file allows everything, a server in trouble nothing."""
        rules = RobotFileParser()
        where = target._replace(path="/robots.txt", query="")
        for _ in range(self._limits.redirects + 1):
            status, headers, body = self._ask(where, _ROBOTS, cut=True)
            if status not in _MOVED or "location" not in headers:
                break
            where = checked(headers["location"], where.geturl())
        said = {200: body.decode("utf-8", errors="replace")}.get(status, _NOTHING if status >= 500 else "")
        rules.parse(said.splitlines())
        return rules

    def _ask(self, target: SplitResult, largest: int, *, cut: bool = False) -> tuple[int, Message, bytes]:
        """Status, headers and body of one request; of a body beyond ``largest`` its start, if ``cut``."""
        timeout = {"connect": _STEP, "read": _STEP, "write": _STEP, "pool": _STEP}
        body = bytearray()
        try:
            with self._pool.stream(
                "GET", target.geturl(), headers=_HEADERS, extensions={"timeout": timeout}
            ) as answer:
                headers = Message()
                for name, value in answer.headers:
                    headers[name.decode("latin-1")] = value.decode("latin-1")
                if answer.status == 200:
                    for piece in _plain(answer.iter_stream(), headers, largest + 1):
                        body += piece
                        if len(body) > largest:
                            raise _TooLargeError
                return answer.status, headers, bytes(body)
        except _TooLargeError:
            if cut:
                return 200, headers, bytes(body[:largest])
            raise ReportError(
                f"{_shown(target)}: more than {largest >> 20} MiB",
                remedy="save the part you need and name the file",
            ) from None
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise ReportError(
                f"{_shown(target)}: no whole answer within {self._limits.seconds:g} s",
                remedy="try again later, or save the page and name the file",
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError, zlib.error) as error:
            raise ReportError(
                f"{_shown(target)}: could not be fetched ({type(error).__name__})",
                remedy="check the address and the connection, or save the page and name the file",
            ) from error


def _plain(pieces: Iterator[bytes], headers: Message, most: int) -> Iterator[bytes]:
    """A body as it was before it was compressed, never more than about ``most`` bytes of it at once."""
    coding = str(headers.get("content-encoding", "identity")).strip().lower()
    if coding in {"identity", ""}:
        yield from pieces
        return
    if coding not in {"gzip", "x-gzip"}:
        raise ValueError("in an encoding that was not asked for")
    inflate = zlib.decompressobj(wbits=31)
    for piece in pieces:
        while piece:
            yield inflate.decompress(piece, most)
            piece = inflate.unconsumed_tail
    if not inflate.eof:
        raise ValueError("the compressed body is cut short")


def _original(target: SplitResult, headers: Message, body: bytes) -> Original:
    name = target.path.rsplit("/", 1)[-1] or target.hostname or "page"
    suffix = _SUFFIX.get(headers.get_content_type(), "")
    if not name.endswith(suffix):
        name += suffix
    return Original.of(body, _shown(target), name, headers.get_content_charset(), url=target.geturl())


def _shown(target: SplitResult) -> str:
    """An address for messages: without its query, which may carry a key."""
    return target._replace(query="").geturl()
