"""A mention: a run of words that names a rank, a post, a unit or a person.

What it takes in: a rank without "retired"; a post with its field and its qualifiers ("Acting Chief of Naval
Staff") but without "former", "new" or a bracketed acronym; a unit with its number but without the service it
belongs to ("7 Division" of the Nigerian Army); a person's names without rank and honorific.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a mention is. A name is two or more capitalised words that nothing yet says are a person."""

    PERSON = "person"
    RANK = "rank"
    TITLE = "title"
    ROLE = "role"
    UNIT = "unit"
    NAME = "name"


POSTS = frozenset({Kind.TITLE, Kind.ROLE})


@dataclass(eq=False, slots=True)
class Mention:
    """Words ``first`` to ``last`` (exclusive) of a paragraph.

    ``rank`` is the rank that stands before a person; ``echo`` the offsets of the unit "the Division" stands
    for, or that qualifies a post ("the brigade commander").
    """

    kind: Kind
    first: int
    last: int
    plural: bool = False
    rank: "Mention | None" = None
    echo: tuple[int, int] | None = None


@dataclass(slots=True)
class Known:
    """What the text has told before a paragraph: units' acronyms, and the last unit of each noun."""

    acronyms: set[str] = field(default_factory=set)
    units: dict[str, tuple[int, int]] = field(default_factory=dict)
