"""The fields of a claim that a reviewer may correct: all that the text says, nothing about who read it."""

from satrap.claims import Claim

FIELDS = (
    "quote",
    "kind",
    "roles",
    "direction",
    "polarity",
    "certainty",
    "cues",
    "horizon",
    "when",
    "places",
    "said_by",
    "access",
    "because",
)


def changed(before: Claim, after: Claim) -> tuple[str, ...]:
    """The fields in which two readings of one claim differ."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))
