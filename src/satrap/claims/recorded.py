"""A claim as the ledger hands it out: with what must be known to weigh it."""

from datetime import date, datetime

import msgspec

from satrap.claims.claim import Claim
from satrap.claims.vocabulary import Status


class RecordedClaim(msgspec.Struct, frozen=True):
    """A claim with its report's publication and the story it belongs to.

    ``id`` is the claim's id; ``published`` is the first day the publication date may mean, None where the
    report is undated; ``outlet`` is who first told it where the publisher reprints; ``story`` groups
    reports that descend from one telling; ``known_at`` is when the ledger first held the claim (UTC).
    ``status`` is what people have done with it, ``position`` the entry that first read it (the ledger gives
    claims in this order) and ``version`` the entry that made it what it is here.
    """

    id: str
    claim: Claim
    publisher: str
    outlet: str
    published: date | None
    story: str
    known_at: datetime
    status: Status = Status.READ
    position: int = 0
    version: int = 0
