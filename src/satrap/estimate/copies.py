"""Copies of one telling, and crowds of tellings that are alike in everything."""

from collections.abc import Iterable, Sequence
from datetime import date

from satrap.claims import RecordedClaim
from satrap.estimate.functionals import Functional
from satrap.estimate.observations import Unused

Pair = tuple[RecordedClaim, Functional]

CROWD = (
    50  # prior: beyond so many, one more that is the same in everything is likelier a flood than a witness
)


def without_copies(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Unused]]:
    """Keep each assertion of a story once, from the report that was published first.

    Within that report, two voices that say the same are two claims (of one story, so they share their noise);
    the same voice repeating itself is one. Other reports of the story add nothing to it, whatever voice they
    name, since reprints and translations often drop or blur the voice.
    """
    groups: dict[object, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(_assertion(pair), []).append(pair)
    kept: list[Pair] = []
    copies: list[Unused] = []
    for group in groups.values():
        group.sort(key=_first_told)
        original = group[0][0]
        voices: set[object] = set()
        for recorded, functional in group:
            voice = (recorded.claim.voice.kind, recorded.claim.voice.place)
            if recorded.claim.report == original.claim.report and voice not in voices:
                voices.add(voice)
                kept.append((recorded, functional))
            else:
                copies.append(Unused(recorded.id, f"repeats claim {original.id} of the same story"))
    order = {id(recorded): number for number, (recorded, _) in enumerate(pairs)}
    return sorted(kept, key=lambda pair: order[id(pair[0])]), copies


def in_order(claims: Iterable[RecordedClaim]) -> list[RecordedClaim]:
    """Each claim once, in the order of the record whatever order they come in.

    Ids would do as well, but they are hashes of whole reports: ordered by them, draws, and so the last digits
    of what is published, would tell reports apart that differ only in what is sealed.
    """
    ordered = sorted(claims, key=lambda one: (one.position, one.id, one.known_at))
    return list({one.id: one for one in ordered}.values())


def without_crowds(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Unused]]:
    """Keep the first fifty of the claims that say the same of the same weeks, as surely, by the same kind of
    source of the same publisher, in however many stories: a million that are alike count as these."""
    crowds: dict[object, list[Pair]] = {}
    for pair in pairs:
        crowds.setdefault(_alike(pair), []).append(pair)
    crowded: list[Unused] = []
    out: set[str] = set()
    for crowd in crowds.values():
        for recorded, _ in sorted(crowd, key=_first_told)[CROWD:]:
            crowded.append(Unused(recorded.id, f"{CROWD} claims that are used are the same in everything"))
            out.add(recorded.id)
    return [pair for pair in pairs if pair[0].id not in out], crowded


def _alike(pair: Pair) -> object:
    _, functional = pair
    return (
        functional.contrast.round(9).tobytes(),
        functional.places.round(9).tobytes(),
        functional.weeks,
        functional.lower,
        functional.upper,
        functional.news,
        functional.log_noise,
        functional.publisher,
        functional.groups,
    )


def _first_told(pair: Pair) -> tuple[object, ...]:
    recorded, functional = pair
    when = recorded.published or date.max, recorded.known_at
    return *when, recorded.position, recorded.claim.report, functional.log_noise, recorded.id


def _assertion(pair: Pair) -> object:
    recorded, functional = pair
    when = recorded.claim.when.edtf if recorded.claim.when else None
    return (
        functional.story,
        functional.contrast.round(9).tobytes(),
        functional.places.round(9).tobytes(),
        functional.lower,
        functional.upper,
        functional.news,
        len(functional.weeks),
        when,
    )
