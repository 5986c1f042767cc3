"""How much of a stranger's server is put up with."""

from dataclasses import dataclass

from satrap.reports.original import LARGEST


@dataclass(frozen=True)
class Limits:
    """``largest``: bytes of a body, after decompression. ``seconds``: for one page with its redirects, from
    first look-up to last byte. ``pause``: seconds between two requests to one host, unless its robots.txt
    asks for more, up to ``longest_pause``.
    """

    largest: int = LARGEST
    seconds: float = 60.0
    redirects: int = 5
    pause: float = 1.0
    longest_pause: float = 30.0
