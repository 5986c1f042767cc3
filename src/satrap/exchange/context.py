"""What exporters and importers know beside the claims: the country, the day of the data, whom to tell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from satrap.claims import When
from satrap.country import Pack
from satrap.protect.public import PublicClaim

Progress = Callable[[int, int], None]  # done, of how many

UNSTATED_LICENCE = "notspecified"  # the Open Definition's word for it

_STEP = 256  # claims between two reports of progress


@dataclass(frozen=True)
class Context:
    """``cut`` is the day up to which the data reach, None where nothing tells it: the only time that an
    export carries, so that the same claims give the same bytes. ``licence`` is an SPDX or Open Definition id.
    """

    pack: Pack
    cut: date | None = None
    version: str = ""
    licence: str = UNSTATED_LICENCE
    progress: Progress | None = None

    def each(self, claims: Sequence[PublicClaim]) -> Iterator[PublicClaim]:
        """The claims in turn, telling how far it is."""
        for done, claim in enumerate(claims, 1):
            yield claim
            if self.progress and (done % _STEP == 0 or done == len(claims)):
                self.progress(done, len(claims))


def latest_day(claims: Sequence[PublicClaim]) -> date | None:
    """The last day on which any of the claims may have been published."""
    written = {claim.published_edtf for claim in claims if claim.published_edtf}
    return max((bounded(one)[1] for one in written), default=None)


@lru_cache(maxsize=1 << 16)  # a date looser than a day, month or year takes a millisecond, and comes again
def bounded(edtf: str) -> tuple[date, date]:
    """First and last day that an EDTF string may mean; raises ValueError where it is none."""
    when = When.parse(edtf)
    return when.earliest, when.latest
