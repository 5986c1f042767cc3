"""The claim: one assertion of one kind by one voice in one report."""

import hashlib
from typing import Any, Self

import msgspec

from satrap.claims.kinds import kinds
from satrap.claims.quote import Quote
from satrap.claims.source import Chain, Source
from satrap.claims.vocabulary import Access, Certainty, Direction, Horizon, Polarity, Status, Tier
from satrap.claims.when import When


class Argument(msgspec.Struct, frozen=True, omit_defaults=True):
    """What fills a role: the provincial offices of the Ministry of State Security in South Hwanghae are
    ``Argument("Ministry of State Security", "MSS", tiers=("province",), places=("KP-05",))``.

    ``name`` is the name as the codebook writes it; ``id`` is its id in the country pack (or the id of the
    claim that an explanation explains), None where the pack does not know it; ``staff`` is True where the
    text speaks of the body's people rather than of the body.
    """

    name: str
    id: str | None = None
    tiers: tuple[Tier, ...] = ()
    places: tuple[str, ...] = ()
    staff: bool = False


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which reader made a claim, at which version, by which rules, and how sure *it* is (0 to 1)."""

    reader: str
    version: str
    score: float
    rules: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One assertion in one report.

    "In report 3f…, Daily NK writes that an inside source in South Hwanghae states that the authority of the
    Ministry of State Security has gone down, at the centre and in the provinces, as of publication."

    Three confidences stay three fields: ``certainty`` (how sure the text sounds), ``said_by`` (on whose
    word) and ``reading.score`` (how sure the reader is). ``places`` are ids of the places the claim is
    about; empty means the whole state, or that the text does not say.
    """

    report: str
    quote: Quote
    kind: str
    said_by: Chain
    reading: Reading
    roles: dict[str, tuple[Argument, ...]] = {}
    access: Access = Access.UNSTATED
    direction: Direction | None = None
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.STATED
    cues: tuple[str, ...] = ()
    horizon: Horizon = Horizon.PRESENT
    when: When | None = None
    places: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    status: Status = Status.READ

    def __post_init__(self) -> None:
        schema = kinds().get(self.kind)
        if schema is None:
            raise ValueError(f"unknown claim kind {self.kind!r}; the kinds are {', '.join(kinds())}")
        foreign = set(self.roles) - set(schema.roles)
        if foreign:
            role = min(foreign)
            raise ValueError(f"{self.kind} has no role {role!r}; it has {', '.join(schema.roles)}")
        if self.direction is not None and not schema.directional:
            raise ValueError(f"{self.kind} takes no direction")
        if not self.said_by:
            raise ValueError("said_by is empty: the publisher is always the outermost voice")

    @property
    def id(self) -> str:
        """SHA-256 (first 128 bits, hex) of what is asserted, where and by whom.

        Reading the same text again gives the same id; ``because``, ``status`` and ``reading`` are left out,
        so that a review or a better score does not make another claim of it.
        """
        identity = (
            self.report,
            self.quote.start,
            self.quote.end,
            self.kind,
            self.roles,
            self.said_by,
            self.direction,
            self.polarity,
        )
        return hashlib.sha256(msgspec.json.encode(identity, order="sorted")).hexdigest()[:32]

    @property
    def voice(self) -> Source:
        """The innermost link of the chain: whose assertion it is."""
        return self.said_by[-1]

    def arguments(self, *roles: str) -> tuple[Argument, ...]:
        """The arguments that fill the named roles, in order; empty where none does."""
        return tuple(argument for role in roles for argument in self.roles.get(role, ()))

    def clone(self, **changes: Any) -> Self:
        """The same claim with some fields changed."""
        return msgspec.structs.replace(self, **changes)
