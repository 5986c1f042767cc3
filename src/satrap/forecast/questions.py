"""Questions with an answer and a day: what a forecast is about.

Each kind of question knows its options and its sentence, which :mod:`satrap.forecast.language` reads back.
Names in it are ids of the country pack.
"""

import hashlib
from datetime import date

import msgspec

YES, NO = "yes", "no"

FATES: dict[str, tuple[str, ...]] = {
    "appointed": ("appointment",),
    "promoted": ("promotion",),
    "dismissed": ("dismissal",),
    "demoted": ("demotion",),
    "arrested": ("arrest",),
    "exiled": ("exile",),
    "executed": ("execution",),
    "dies": ("death", "execution"),
    "rehabilitated": ("rehabilitation",),
    "appears": ("appearance",),
    "falls": ("dismissal", "demotion", "arrest", "exile", "execution"),
    "returns": ("appointment", "promotion", "rehabilitation"),
}
"""What may become of somebody, and the kinds of claim that say so."""


class Question(msgspec.Struct, frozen=True, kw_only=True, tag_field="question"):
    """Asked at the end of the day ``asked``: what is known then is known, what happens later counts."""

    asked: date

    @property
    def options(self) -> tuple[str, ...]:
        return (YES, NO)

    @property
    def closes(self) -> date:
        """The last day on which what is asked about may happen: the day of resolution."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """The question in a plain sentence of its language."""
        raise NotImplementedError

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the provinces that it is about; none is the whole state."""
        return ()

    @property
    def institutions(self) -> tuple[str, ...]:
        """Ids of the institutions that it is about."""
        return ()

    @property
    def id(self) -> str:
        """SHA-256 (first 128 bits, hex) of what is asked and when: the same question has the same id."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:32]


class Fate(Question, frozen=True, kw_only=True, tag="fate"):
    """Whether somebody is dismissed, arrested, returns … by a day: whoever holds ``post``, or ``person``.

    One of the two is set. Who returns is the person who last left the post by ``asked``.
    """

    fate: str
    by: date
    post: str | None = None
    person: str | None = None
    institution: str | None = None
    place: str | None = None

    @property
    def closes(self) -> date:
        return self.by

    @property
    def kinds(self) -> tuple[str, ...]:
        return FATES[self.fate]

    @property
    def text(self) -> str:
        who = self.person or self.post
        if self.institution is not None:
            who = f"head of {self.institution}" + _in(self.place)
        return f"{who} {self.fate} by {self.by}"

    @property
    def places(self) -> tuple[str, ...]:
        return (self.place,) if self.place else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        return (self.institution,) if self.institution else ()


class What(msgspec.Struct, frozen=True):
    """What claims tell of: any of some kinds, by ``actor``, to ``target``, in ``place``, where given."""

    kinds: tuple[str, ...]
    actor: str | None = None
    target: str | None = None
    place: str | None = None

    @property
    def text(self) -> str:
        actor = f" by {self.actor}" if self.actor else ""
        target = f" of {self.target}" if self.target else ""
        return f"{' or '.join(self.kinds)}{actor}{target}{_in(self.place)}"


class Event(Question, frozen=True, kw_only=True, tag="event"):
    """Whether any of ``kinds`` happens by a day: by ``actor``, to ``target``, in ``place``, where given."""

    kinds: tuple[str, ...]
    by: date
    actor: str | None = None
    target: str | None = None
    place: str | None = None

    @property
    def closes(self) -> date:
        return self.by

    @property
    def text(self) -> str:
        return f"{self.what.text} by {self.by}"

    @property
    def what(self) -> What:
        return What(self.kinds, self.actor, self.target, self.place)

    @property
    def places(self) -> tuple[str, ...]:
        return (self.place,) if self.place else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        return tuple(one for one in (self.actor, self.target) if one)


class Count(Question, frozen=True, kw_only=True, tag="count"):
    """Whether at least ``least`` stories published from ``first`` to ``last`` claim any of ``kinds``.

    It asks about what is told, not about what happens: silence is an answer here.
    """

    kinds: tuple[str, ...]
    first: date
    last: date
    least: int
    about: str | None = None
    place: str | None = None

    @property
    def closes(self) -> date:
        return self.last

    @property
    def text(self) -> str:
        about = f" about {self.about}" if self.about else ""
        where = _in(self.place)
        kinds = " or ".join(self.kinds)
        return f"claims of {kinds}{about}{where} from {self.first} to {self.last} at least {self.least}"

    @property
    def places(self) -> tuple[str, ...]:
        return (self.place,) if self.place else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        return (self.about,) if self.about else ()


class Level(Question, frozen=True, kw_only=True, tag="level"):
    """Whether the authority of an office is ``way`` (lower, higher) on the day ``on`` than on ``than``."""

    institution: str
    way: str
    on: date
    than: date
    place: str | None = None

    @property
    def closes(self) -> date:
        return max(self.on, self.than)

    @property
    def text(self) -> str:
        office = f"authority of {self.institution}{_in(self.place)}"
        return f"{office} {self.way} on {self.on} than on {self.than}"

    @property
    def places(self) -> tuple[str, ...]:
        return (self.place,) if self.place else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        return (self.institution,)


class Gain(Question, frozen=True, kw_only=True, tag="gain"):
    """Which institution ``among`` some gains most authority between two days; its options are their ids."""

    among: tuple[str, ...]
    first: date
    last: date
    place: str | None = None

    @property
    def options(self) -> tuple[str, ...]:
        return self.among

    @property
    def closes(self) -> date:
        return self.last

    @property
    def text(self) -> str:
        span = f"from {self.first} to {self.last}{_in(self.place)}"
        return f"most authority gained {span} among {', '.join(self.among)}"

    @property
    def places(self) -> tuple[str, ...]:
        return (self.place,) if self.place else ()

    @property
    def institutions(self) -> tuple[str, ...]:
        return self.among


AnyQuestion = Fate | Event | Count | Level | Gain


def to_dict(question: Question) -> dict[str, object]:
    """As plain JSON values, tagged with the kind of question."""
    made: dict[str, object] = msgspec.to_builtins(question)
    return made


def from_dict(data: object) -> AnyQuestion:
    """What :func:`to_dict` made; raises msgspec.ValidationError where it is no question."""
    made: AnyQuestion = msgspec.convert(data, AnyQuestion)
    return made


def _in(place: str | None) -> str:
    return f" in {place}" if place else ""
