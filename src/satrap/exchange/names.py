"""Names in other people's tables to the ids of a country pack."""

from satrap.claims import Argument, Tier
from satrap.country import Pack
from satrap.country.gazetteer import Gazetteer, Mention
from satrap.country.terms import EntityKind, Role

_ACTORS = {EntityKind.INSTITUTION, EntityKind.GROUP, EntityKind.PERSON}


class Names:
    """Whole cells looked up in a pack: a name that is only part of a cell names nothing."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._gazetteer = Gazetteer(pack)
        self._known = {
            known: one.name
            for of in (pack.institutions, pack.groups, pack.people)
            for known, one in of.items()
        }
        self._found: dict[str, Mention | None] = {}

    def argument(self, name: str, place: str | None = None) -> Argument:
        """An actor by the name that it was given, or by its id; with its id where the pack knows either."""
        places = (place,) if place else ()
        if name in self._known:
            return Argument(self._known[name], name, places=places)
        found = self._whole(name)
        if found is None or found.kind not in _ACTORS:
            return Argument(name, places=places)
        tiers = (Tier(found.tier),) if found.tier else ()
        named = self._known[found.entity]
        return Argument(named, found.entity, tiers, places, staff=found.role is Role.STAFF)

    def post(self, name: str) -> Argument:
        """A post by its title; with its id where the pack knows it."""
        found = self._whole(name)
        return Argument(name, found.entity if found and found.kind is EntityKind.POST else None)

    def place(self, *names: str) -> str | None:
        """The code of the place that the first known name names; a town's is its province's."""
        for name in filter(None, names):
            if name in self._pack.places:
                return name
            found = self._whole(name)
            if found is not None and found.kind is EntityKind.PLACE:
                return found.entity
        return None

    def _whole(self, name: str) -> Mention | None:
        name = " ".join(name.split())
        if name not in self._found:
            mentions = self._gazetteer.find(name)
            self._found[name] = mentions[0] if mentions and mentions[0].text == name else None
        return self._found[name]
