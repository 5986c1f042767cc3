"""What is told about offices: power that rises and falls at once, goes to rivals, is so and not so."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from satrap.accounts.conflict import Conflict, Relation, conflict
from satrap.accounts.said import Said, meeting
from satrap.claims import Claim, Direction, family, kinds
from satrap.country import Pack

SAME_PERIOD = timedelta(days=180)
"""Rival receivers of one institution's powers count within half a year."""


def directions(said: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    """Authority or capacity of one office said to rise and to fall at the same time."""
    by_office: dict[tuple[str, str, str | None], list[tuple[Direction, Said]]] = {}
    for one in said:
        direction = one.claim.direction
        if one.claim.kind in {"authority", "capacity"} and direction in {Direction.UP, Direction.DOWN}:
            if not one.affirmed:
                continue  # "did not fall" is no claim that it rose
            for institution in _shares(one.claim, ("holder",), pack):
                for place in one.claim.places or (None,):
                    by_office.setdefault((one.claim.kind, institution, place), []).append((direction, one))
    for (kind, institution, place), told in by_office.items():
        up = [one for direction, one in told if direction is Direction.UP]
        down = [one for direction, one in told if direction is Direction.DOWN]
        if rose := meeting(up, down):
            yield conflict(
                pack.institution(institution).name + _where(place, pack),
                Relation.EXCLUSIVE,
                {f"{kind} rose": rose, f"{kind} fell": meeting(down, up)},
            )


def receivers(said: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    """What one institution lost, said to have gone to different receivers in the same period."""
    by_giver: dict[str, dict[frozenset[str], list[Said]]] = {}
    for one in said:
        if one.claim.kind == "transfer" and one.affirmed:
            to = frozenset(_shares(one.claim, ("to",), pack))
            for giver in _shares(one.claim, ("from",), pack):
                if to and giver not in to:
                    by_giver.setdefault(giver, {}).setdefault(to, []).append(one)
    for giver, told in by_giver.items():
        rivals = {
            to: rival
            for to, of in told.items()
            if (
                rival := meeting(
                    of, [one for other in told if not other & to for one in told[other]], SAME_PERIOD
                )
            )
        }
        if rivals:
            yield conflict(
                f"Powers of the {pack.institution(giver).name}",
                Relation.RIVAL,
                {
                    "to the " + " and the ".join(sorted(pack.institution(each).name for each in to)): of
                    for to, of in rivals.items()
                },
            )


_Told = tuple[str, Direction | None, tuple[tuple[str, ...], ...], str | None]


def denials(said: Sequence[Said], pack: Pack) -> Iterator[Conflict]:
    """One thing said to be so and not so at the same time, by the same bodies at the same place; what
    concerns persons is told of in :mod:`satrap.accounts.fates`."""
    told: dict[_Told, list[Said]] = {}
    for one in said:
        if family(one.claim.kind) != "personnel" and (who := _bodies(one.claim, pack)):
            for place in one.claim.places or (None,):
                told.setdefault((one.claim.kind, one.claim.direction, who, place), []).append(one)
    for (kind, direction, who, place), of in told.items():
        denied = [one for one in of if not one.affirmed]
        if yes := meeting([one for one in of if one.affirmed], denied):
            what = f"{kind} {direction}" if direction else kind
            subject = " and ".join(dict.fromkeys(_name(id, pack) for ids in who for id in ids))
            sides = {what: yes, f"no {what}": meeting(denied, yes)}
            yield conflict(subject + _where(place, pack), Relation.EXCLUSIVE, sides)


def _bodies(claim: Claim, pack: Pack) -> tuple[tuple[str, ...], ...]:
    """Ids of what fills each main role; empty where the pack does not know all of it."""
    filled = [claim.arguments(role) for role in kinds()[claim.kind].main if claim.arguments(role)]
    known = all(one.id is not None and _name(one.id, pack) for of in filled for one in of)
    return tuple(tuple(sorted({one.id or "" for one in of})) for of in filled) if known else ()


def _name(id: str, pack: Pack) -> str:
    for known in (pack.institutions, pack.groups, pack.people):
        if id in known:
            return known[id].name
    return pack.posts[id].title if id in pack.posts else ""


def _where(place: str | None, pack: Pack) -> str:
    return f", {pack.place(place).name}" if place is not None and place in pack.places else ""


def _shares(claim: Claim, roles: tuple[str, ...], pack: Pack) -> tuple[str, ...]:
    """The share institutions that the claim's arguments stand for, each once."""
    found: list[str] = []
    for argument in claim.arguments(*roles):
        if argument.id is not None and argument.id in pack.groups:
            found += pack.shares_of_group(argument.id)
        elif (
            argument.id is not None
            and argument.id in pack.institutions
            and (share := pack.share_institution(argument.id))
        ):
            found.append(share)
    return tuple(dict.fromkeys(found))
