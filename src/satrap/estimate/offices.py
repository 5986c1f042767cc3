"""The axes of the estimate, and which offices a claim speaks of.

An office is a share institution at a place. The nation's own place stands for the offices at the centre.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from satrap.claims import Argument, Claim, Tier
from satrap.country import Pack
from satrap.country.model import Tenure
from satrap.errors import UnknownNameError

Array = NDArray[np.float64]

Edge = Literal["start", "end"]

_NEAR = 366  # days between the start or end of a tenure and the event that made it
_PROVINCIAL = frozenset(Tier) - {Tier.CENTRAL}


class UnusableClaimError(Exception):
    """Why a claim is no observation of authority. Never quotes names, which may be of people inside."""


@dataclass(frozen=True, eq=False)
class Offices:
    """Institutions (I) and places (P) of a pack, in its order; place 0 is the centre."""

    pack: Pack

    @property
    def institutions(self) -> tuple[str, ...]:
        return self.pack.authority

    @cached_property
    def places(self) -> tuple[str, ...]:
        return (self.pack.code, *(place.id for place in self.pack.provinces))

    def institution(self, institution_id: str) -> int:
        """Position of a share institution, or of the one that counts this one's power; raises
        UnknownNameError for an id that the pack lacks or that takes no part in the shares."""
        share = self.pack.share_institution(institution_id)
        if share is None:
            raise UnknownNameError(
                "share institution",
                institution_id,
                self.institutions,
                remedy=f"it takes no part; use one of {', '.join(self.institutions)}",
            )
        return self.institutions.index(share)

    def place(self, place_id: str | None) -> int:
        """Position of a place, None for the centre; raises UnknownNameError."""
        if place_id is None:
            return 0
        if place_id not in self.places:
            raise UnknownNameError("place", place_id, self.places)
        return self.places.index(place_id)

    def side(self, arguments: Sequence[Argument], on: date | None = None, edge: Edge | None = None) -> Array:
        """Weights (I,) of the share institutions that the arguments name, summing to one; zeros for none.

        A person stands for the post held ``on`` that day, or, where ``edge`` says what happened, for the post
        whose end or start is nearest to it: a fall is told late, when another post may have been found.
        """
        named: set[str] = set()
        for argument in arguments:
            named.update(self._shares(argument.id, on, edge) if argument.id else ())
        weights = np.array([float(each in named) for each in self.institutions])
        return np.asarray(weights / max(weights.sum(), 1.0))

    def _shares(self, entity: str, on: date | None, edge: Edge | None) -> tuple[str, ...]:
        pack = self.pack
        if entity in pack.institutions:
            share = pack.share_institution(entity)
            return () if share is None else (share,)
        if entity in pack.groups:
            return pack.shares_of_group(entity)
        if entity in pack.posts:
            return self._shares(pack.posts[entity].institution, on, edge)
        if entity in pack.people:
            posts = [one.post for one in self._tenures(entity, on, edge)]
            return tuple(share for post in posts for share in self._shares(post, on, edge))
        return ()

    def _tenures(self, person: str, on: date | None, edge: Edge | None) -> list[Tenure]:
        held = [one for one in self.pack.tenures if one.person == person]
        if on is None:
            return held
        if edge is not None:
            turns = [
                (abs((turn.latest - on).days), number)
                for number, one in enumerate(held)
                if (turn := one.end if edge == "end" else one.start) is not None
            ]
            if turns and min(turns)[0] <= _NEAR:
                return [held[min(turns)[1]]]
        return [one for one in held if one.may_cover(on)]

    def reach(self, claim: Claim, arguments: Sequence[Argument], default: str) -> Array:
        """Weights (P,) of the places whose offices the claim speaks of, summing to one.

        Tiers and places of the arguments come first, then the places of the claim, then the tier of a post,
        then ``default``: "centre", or "state" for the centre and, as much again, all provinces alike.
        """
        scopes = [self._scope(one.tiers, one.places) for one in arguments if one.tiers or one.places]
        if claim.places and not any(one.places for one in arguments):
            tiers = tuple(tier for one in arguments for tier in one.tiers)
            scopes = [self._scope(tiers, claim.places)]
        if not scopes:
            posts = [self.pack.posts[one.id] for one in arguments if one.id and one.id in self.pack.posts]
            scopes = [self._scope((Tier(post.tier),), (post.place,) if post.place else ()) for post in posts]
        scopes = scopes or [self._scope((Tier.CENTRAL,) if default == "centre" else (), ())]
        return np.asarray(np.mean(scopes, axis=0))

    def _scope(self, tiers: Sequence[Tier], places: Sequence[str]) -> Array:
        weights = np.zeros(len(self.places))
        central, local = Tier.CENTRAL in tiers, bool(_PROVINCIAL.intersection(tiers))
        named = {at for at in map(self.province, places) if at is not None}
        if places and not named:
            raise UnusableClaimError("it names a place that the pack does not know")
        provinces = sorted(named - {0}) or list(range(1, len(self.places)))
        if central or (not local and (0 in named or not named)):
            weights[0] = 1.0
        if provinces and (local or named or not central):
            weights[provinces] = 1.0 / len(provinces)
        return np.asarray(weights / weights.sum())

    def province(self, place_id: str) -> int | None:
        """Position of the province that a place is in; None where the pack does not know it."""
        at: str | None = place_id
        while at is not None and at not in self.places:
            at = self.pack.places[at].parent if at in self.pack.places else None
        return None if at is None else self.places.index(at)
