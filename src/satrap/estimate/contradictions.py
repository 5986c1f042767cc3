"""Claims that a later one shows to be wrong: who was said to be executed or dead, and then appeared.

Such a claim is no observation; it counts against whoever told it.
"""

from collections.abc import Iterable
from datetime import date

from satrap.claims import Horizon, Polarity, RecordedClaim

_FATAL = frozenset({"execution", "death"})
_ALIVE = frozenset({"appearance", "appointment", "promotion", "rehabilitation"})


def contradicted(claims: Iterable[RecordedClaim]) -> dict[str, str]:
    """Ids of claims that somebody died, each with the id of a claim that the same person, known to the pack,
    did afterwards what only the living do; what has no date counts from its publication."""
    fatal: list[tuple[str, date, RecordedClaim]] = []
    alive: list[tuple[str, date, RecordedClaim]] = []
    for recorded in claims:
        claim = recorded.claim
        if claim.polarity is Polarity.DENIED or claim.horizon is Horizon.FUTURE:
            continue
        people = [argument.id for argument in claim.arguments("person") if argument.id]
        if claim.kind in _FATAL:
            day = claim.when.latest if claim.when else recorded.published
            fatal += [(person, day, recorded) for person in people if day]
        elif claim.kind in _ALIVE:
            day = claim.when.earliest if claim.when else recorded.published
            alive += [(person, day, recorded) for person in people if day and claim.when]
    found: dict[str, str] = {}
    afterwards: dict[str, list[tuple[date, str, str]]] = {}
    for person, seen, recorded in alive:
        afterwards.setdefault(person, []).append((seen, recorded.story, recorded.id))
    for person, death, told in fatal:
        for seen, story, again in afterwards.get(person, ()):
            if seen > death and story != told.story:
                found.setdefault(told.id, again)
                break
    return found
