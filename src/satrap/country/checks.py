"""Whether the parts of a pack agree with each other; every fault points at its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from satrap.country.pack import Pack
from satrap.errors import PackError, UnknownNameError
from satrap.yamlfile import Document, Keys


def check(pack: Pack, files: Mapping[str, Document]) -> None:
    """Raise PackError at the first disagreement; `files` are the pack's documents by name without suffix."""
    for name, references in _references(pack).items():
        for keys, kind, wanted, known in references:
            if wanted not in known:
                unknown = UnknownNameError(kind, wanted, known, remedy=f"declare this {kind} in the pack")
                raise files[name].fault(keys, unknown.problem, remedy=unknown.remedy, error=PackError)
    _check_shares(pack, files["institutions"])
    _check_people(pack, files["places"])


Reference = tuple[Keys, str, str, Collection[str]]


def _references(pack: Pack) -> dict[str, Iterator[Reference]]:
    """Every id that one part of the pack uses and another must declare, by file, with where it stands."""
    return {
        "pack": _header_references(pack),
        "institutions": _institution_references(pack),
        "places": _place_references(pack),
        "people": _people_references(pack),
        "words": _word_references(pack),
    }


def _header_references(pack: Pack) -> Iterator[Reference]:
    organs = pack.institutions
    for index, each in enumerate(pack.authority):
        yield ("authority", index), "institution", each, organs
    for index, outside in enumerate(pack.header.outside):
        yield ("outside", index, "institution"), "institution", outside.institution, organs
    for index, tier in enumerate(pack.header.tiers):
        for each in tier.offices:
            yield ("tiers", index, "offices", each), "institution", each, organs
    yield ("country",), "place", pack.code, pack.places


def _institution_references(pack: Pack) -> Iterator[Reference]:
    organs = pack.institutions
    for index, one in enumerate(organs.values()):
        at: Keys = ("institutions", index)
        for number, parent in enumerate(one.parents):
            yield (*at, "parents", number, "of"), "institution", parent.of, organs
        for number, member in enumerate(one.members):
            yield (*at, "members", number), "institution", member, organs
        if one.share_of is not None:
            yield (*at, "share_of"), "institution", one.share_of, organs
    for index, edge in enumerate(pack.oversight):
        at = ("oversight", index)
        yield (*at, "by"), "institution", edge.by, organs
        for key, bodies in (("over", edge.over), ("never", edge.never)):
            for number, body in enumerate(bodies):
                yield (*at, key, number), "institution", body, organs
        if edge.needs is not None:
            yield (*at, "needs"), "institution", edge.needs, organs
        if edge.place:
            yield (*at, "place"), "place", edge.place, pack.places


def _place_references(pack: Pack) -> Iterator[Reference]:
    for index, place in enumerate(pack.places.values()):
        if place.parent is not None:
            yield ("places", index, "parent"), "place", place.parent, pack.places
        if place.population and place.population.within:
            counted = [one.id for one in pack.provinces if one.population]
            yield ("places", index, "population", "within"), "place", place.population.within, counted


def _people_references(pack: Pack) -> Iterator[Reference]:
    for index, post in enumerate(pack.posts.values()):
        yield ("posts", index, "institution"), "institution", post.institution, pack.institutions
        yield ("posts", index, "tier"), "tier", post.tier, pack.tiers
        if post.place is not None:
            yield ("posts", index, "place"), "place", post.place, pack.places
    for index, tenure in enumerate(pack.tenures):
        yield ("tenures", index, "post"), "post", tenure.post, pack.posts
        if tenure.person is not None:
            yield ("tenures", index, "person"), "person", tenure.person, pack.people


def _word_references(pack: Pack) -> Iterator[Reference]:
    for index, group in enumerate(pack.groups.values()):
        for number, each in enumerate(group.institutions):
            yield ("groups", index, "institutions", number), "institution", each, pack.institutions


def _check_shares(pack: Pack, file: Document) -> None:
    """Every institution has one place in the authority: as a share, rolled up to one, or outside."""
    outside = {one.institution for one in pack.header.outside}
    for index, one in enumerate(pack.institutions.values()):
        roles = (one.id in pack.authority) + (one.share_of is not None) + (one.id in outside)
        if roles != 1:
            raise file.fault(
                ("institutions", index),
                f"{one.id} has {roles} places in the authority shares, not one",
                remedy="give it share_of, or list it under authority or outside in pack.yaml",
                error=PackError,
            )
        seen, at = {one.id}, one.share_of
        while at is not None and at not in seen:
            seen.add(at)
            at = pack.institutions[at].share_of
        if at is not None:
            raise file.fault(
                ("institutions", index, "share_of"),
                f"{one.id} rolls up to itself",
                remedy="break the circle of share_of",
                error=PackError,
            )
        if one.share_of is not None and pack.share_institution(one.id) is None:
            raise file.fault(
                ("institutions", index, "share_of"),
                f"{one.share_of} has no authority share",
                remedy="roll it up to an institution listed under authority",
                error=PackError,
            )


def _check_people(pack: Pack, file: Document) -> None:
    """A census adds up: provinces and people counted apart make the nation, where both are of one year."""
    nation = pack.place(pack.code).population
    counted = [place.population for place in pack.provinces if place.population]
    if nation is None or any(one.year != nation.year for one in counted):
        return
    total = sum(pack.residents().values()) + nation.not_in_places
    if counted and total != nation.people:
        index = list(pack.places).index(pack.code)
        raise file.fault(
            ("places", index, "population", "people"),
            f"{nation.people:,} people, but the provinces and those counted apart make {total:,}",
            remedy="correct the figure that is wrong",
            error=PackError,
        )
