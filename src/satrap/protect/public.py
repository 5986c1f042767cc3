"""What of a claim may leave: the one form in which exporters, pages and answers get claims."""

import hashlib

import msgspec

from satrap.claims import Certainty, Direction, Horizon, Polarity, Reading, SourceKind, Status, Tier


class PublicArgument(msgspec.Struct, frozen=True):
    """What fills a role: a body, group or official that the country pack names, or a class of people.

    ``id`` is the pack's, None for a class ("residents"); ``place`` the code of the province whose office or
    people these are, None where there are several or none.
    """

    name: str
    id: str | None = None
    tiers: tuple[Tier, ...] = ()
    place: str | None = None


class PublicSource(msgspec.Struct, frozen=True):
    """One link of the chain: ``name`` only for bodies that speak in public, ``place`` a province's code."""

    kind: SourceKind
    place: str | None = None
    name: str | None = None


class PublicClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What of a claim may leave. Only `satrap.protect.exposure.expose` makes one.

    ``id`` is made of public fields only and is the same in every artefact that tells as much of the claim;
    ``number`` and ``story`` count claims and stories in this artefact alone. ``about``, ``places`` and
    ``place_ids`` come from the country pack. ``when`` and ``published`` are words, ``edtf`` and
    ``published_edtf`` the same times for machines; all are as coarse as the gate made them and empty where
    nothing may be told. ``quote``, ``title`` and ``url`` are empty where they were withheld. ``voices`` and
    ``chain`` are the attribution chain, outermost first.
    """

    id: str = ""
    number: int = 0
    kind: str
    direction: Direction | None
    polarity: Polarity
    horizon: Horizon
    certainty: Certainty
    cues: tuple[str, ...]
    roles: dict[str, tuple[PublicArgument, ...]]
    about: tuple[str, ...]
    places: tuple[str, ...]
    place_ids: tuple[str, ...]
    when: str
    edtf: str
    quote: str
    voices: tuple[str, ...]
    chain: tuple[PublicSource, ...]
    source_kind: SourceKind
    reading: Reading
    status: Status
    publisher: str
    outlet: str
    title: str
    url: str
    language: str
    published: str
    published_edtf: str
    story: int = 0


def identity(claim: PublicClaim, ordinal: int) -> str:
    """SHA-256 (first 128 bits, hex) of what is told, and which among claims that tell the same.

    Reading again or reviewing makes no other claim of it, as with the ledger's own ids; unlike those it is
    made of nothing that stays inside, so that it confirms no guess at it.
    """
    told = {
        name: value
        for name, value in msgspec.structs.asdict(claim).items()
        if name not in {"id", "number", "story", "reading", "status"}
    }
    encoded = msgspec.json.encode((told, ordinal), order="sorted")
    return hashlib.sha256(encoded).hexdigest()[:32]
