"""Claims with the ids that people have merged: one person under two names is one."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from satrap.claims import Argument, RecordedClaim


def merged(claims: Iterable[RecordedClaim], known_as: Mapping[str, str]) -> Iterator[RecordedClaim]:
    """The claims with every argument whose id (or name, without one) is a key of ``known_as`` under what that
    leads to; a claim keeps its own id."""
    for recorded in claims:
        roles = {
            role: tuple(_merged(one, known_as) for one in arguments)
            for role, arguments in recorded.claim.roles.items()
        }
        if roles == recorded.claim.roles:
            yield recorded
        else:
            yield msgspec.structs.replace(recorded, claim=recorded.claim.clone(roles=roles))


def _merged(argument: Argument, known_as: Mapping[str, str]) -> Argument:
    id = argument.id or argument.name
    if id not in known_as:
        return argument
    seen = {id}
    while id in known_as and known_as[id] not in seen:
        id = known_as[id]
        seen.add(id)
    return msgspec.structs.replace(argument, id=id)
