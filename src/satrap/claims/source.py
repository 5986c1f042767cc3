"""Who said it: one link of an attribution chain."""

import msgspec

from satrap.claims.vocabulary import SourceKind


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """One voice, outermost first in a chain: Daily NK → an inside source in South Hwanghae → a resident.

    ``name`` is for publishers, outlets, institutions and documents: never a person inside. ``place`` is
    the id of the place the voice speaks from (ISO 3166-2 where one exists). ``number`` is how many
    voices speak together (None: not said, or one).
    """

    kind: SourceKind
    place: str | None = None
    name: str | None = None
    number: int | None = None


Chain = tuple[Source, ...]
