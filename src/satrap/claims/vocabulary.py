"""The closed vocabularies of a claim: every word a claim's fields may take, with its meaning.

The kinds of claim and their roles are data (``kinds.yaml``); these are the fields around them.
Definitions follow ``docs/codebook.md``.
"""

from enum import StrEnum


class Direction(StrEnum):
    """Change of power, conduct or intensity; valence for sentiment and support."""

    UP = "up"
    DOWN = "down"
    UNCHANGED = "unchanged"


class Polarity(StrEnum):
    """Whether the text says that it is so, or that it is not so. Unverified is not denied."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Certainty(StrEnum):
    """How sure the *text* sounds: neither the source's reliability nor the reader's score."""

    STATED = "stated"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"

    @property
    def rank(self) -> int:
        """0 for stated … 3 for doubtful; the weakest cue over a predicate wins."""
        return list(Certainty).index(self)


class Horizon(StrEnum):
    """Time of what is claimed, relative to publication."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Access(StrEnum):
    """How the innermost voice came to know."""

    WITNESSED = "witnessed"
    TOLD = "told"
    DEDUCED = "deduced"
    UNSTATED = "unstated"


class SourceKind(StrEnum):
    """Who told the publisher."""

    INSIDE_SOURCE = "inside source"
    RESIDENT = "resident"
    OFFICIAL = "official"
    DEFECTOR = "defector"
    STATE_MEDIA = "state media"
    INTELLIGENCE_SERVICE = "intelligence service"
    ANALYST = "analyst"
    PUBLISHER = "publisher"
    MEDIA = "media"
    GROUP = "group"
    DOCUMENT = "document"
    UNSPECIFIED = "unspecified"


class Tier(StrEnum):
    """Level of the state at which a body acts."""

    CENTRAL = "central"
    PROVINCE = "province"
    COUNTY = "county"
    VILLAGE = "village"
    UNIT = "unit"


class Status(StrEnum):
    """What people have done with a claim since it was read."""

    READ = "read"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
