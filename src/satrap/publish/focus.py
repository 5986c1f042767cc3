"""What a brief is about: the state as a whole, one of its provinces, or one of its institutions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from satrap.claims import RecordedClaim
from satrap.country import Pack, names
from satrap.country.names import Name
from satrap.errors import PublishError, UnknownNameError
from satrap.publish.authority import Shift


@dataclass(frozen=True)
class Focus:
    """One province, one institution, or, where both are None, the state."""

    pack: Pack
    province: str | None = None
    institution: str | None = None

    @classmethod
    def of(cls, wanted: str | None, pack: Pack) -> "Focus":
        """By the id or English name of a province or an institution, or of the country.

        Raises UnknownNameError for any other word, and PublishError for an institution whose power is
        counted in the share of another, or in none.
        """
        named = {one.name.casefold(): id for id, one in pack.institutions.items()}
        named |= {one.name.casefold(): id for id, one in pack.places.items()}
        wanted = wanted and named.get(wanted.casefold(), wanted)
        if wanted is None or wanted == pack.code:
            return cls(pack)
        if wanted in pack.places:
            return cls(pack, province=wanted)
        if wanted not in pack.institutions:
            raise UnknownNameError(
                "province or institution",
                wanted,
                {**pack.places, **pack.institutions},
                remedy=f"provinces: {_ids(one.id for one in pack.provinces)}; "
                f"institutions: {_ids(pack.authority)}",
            )
        if wanted not in pack.authority:
            name, counted = pack.institution(wanted).name, pack.share_institution(wanted)
            raise PublishError(
                f"the {name} ({wanted}) has no share of authority of its own",
                remedy=f"its power is counted in that of {counted}: focus on {counted}"
                if counted
                else f"focus on one of {_ids(pack.authority)}",
            )
        return cls(pack, institution=wanted)

    def name(self, on: date) -> Name:
        """Of what the brief is about, with what it was called there on a day."""
        if self.institution:
            declared = self.pack.institution(self.institution)
            return replace(names.institution(self.institution, self.pack, on), en=declared.name)
        return names.place(self.province or self.pack.code, self.pack)

    @property
    def title(self) -> str:
        """What the brief asks."""
        if self.institution:
            asked = f"How much power the {self.pack.institution(self.institution).name} holds"
            asked += f" in {self.pack.name}"
        elif self.province:
            asked = f"Who holds power in {self.pack.place(self.province).name}, {self.pack.name}"
        else:
            asked = f"Who holds power in {self.pack.name}"
        return f"{asked}, and on whose word"

    def leads(self, shift: Shift, beside: str, named: Collection[str]) -> bool:
        """Whether a change is what the brief is about.

        ``beside`` is the province shown beside the centre in a brief on the state; ``named`` are the places
        that claims name: the others only follow the nation.
        """
        if self.institution:
            return shift.institution == self.institution and (shift.place is None or shift.place in named)
        if self.province:
            return shift.place == self.province
        return shift.place in {None, beside}

    def around(self, shift: Shift) -> bool:
        """Whether a change elsewhere is told after those: a province's brief tells the centre's."""
        return self.province is not None and shift.place is None

    def concerns(self, claim: RecordedClaim) -> bool:
        """Whether a claim names what the brief is about, or who served there; all concern the state."""
        said = claim.claim
        arguments = [argument for of in said.roles.values() for argument in of]
        if self.institution:
            return any(argument.id in self._of_institution for argument in arguments)
        if self.province:
            return self.province in {*said.places, *(place for one in arguments for place in one.places)}
        return True

    @property
    def mapping(self) -> str:
        """Why the maps are of these institutions."""
        if self.institution:
            return ""
        where = f"in {self.pack.place(self.province).name}" if self.province else "at the centre"
        return f"Shown are the two institutions whose shares fell and rose most {where}."

    @cached_property
    def _of_institution(self) -> set[str]:
        """The institution, those counted in its share, and who held their posts, by the country pack."""
        pack = self.pack
        counted = {one for one in pack.institutions if pack.share_institution(one) == self.institution}
        posts = {one.id for one in pack.posts.values() if one.institution in counted}
        return counted | {one.person for one in pack.tenures if one.person and one.post in posts}

    def mapped(self, changes: Sequence[Shift]) -> list[str]:
        """The institutions worth a map: the one asked about, or those that lost and gained most here."""
        if self.institution:
            return [self.institution]
        here = sorted((one for one in changes if one.place == self.province), key=lambda one: one.mean)
        return list(dict.fromkeys((here[0].institution, here[-1].institution)))


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(ids)
