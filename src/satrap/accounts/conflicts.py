"""Claims that cannot both be true, or hardly: found by general rules over kinds, roles and time."""

from collections.abc import Iterable

from satrap.accounts.conflict import Conflict, Relation, Settled, Side
from satrap.accounts.fates import fates
from satrap.accounts.heads import rival_heads
from satrap.accounts.powers import denials, directions, receivers
from satrap.accounts.said import dated
from satrap.claims import RecordedClaim
from satrap.country import Pack

__all__ = ["Conflict", "Relation", "Settled", "Side", "find_conflicts"]


def find_conflicts(claims: Iterable[RecordedClaim], pack: Pack) -> list[Conflict]:
    """Every conflict among the claims about past and present; all sides are kept.

    What cannot both be true comes first, then the newest.

    Forecasts, rejected claims and explanations take no part; people count only where the pack names them.
    """
    said = dated(claims)
    rank = list(Relation)
    found = [
        *fates(said, pack),
        *rival_heads(said, pack),
        *denials(said, pack),
        *directions(said, pack),
        *receivers(said, pack),
    ]
    return sorted(found, key=lambda one: (rank.index(one.relation), -one.latest.toordinal(), one.subject))
