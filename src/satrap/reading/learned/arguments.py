"""How the arguments of a predicate stand to it: by which path of slots, on which side, of what classes.

Beside the encoder's own view of both words, this is what the role head goes by.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from satrap.reading.entities import Discourse
from satrap.reading.frames import Frames
from satrap.reading.predicates import Slots
from satrap.reading.tokens import Token

_SLOTS = (
    "", "subj", "obj", "owner", "modifier", "by", "of", "to", "from", "in", "at", "on", "against", "over",
    "for", "as", "with", "under", "among", "into", "toward", "about", "theme", "pred", "comp", "inf",
    "causer", "trade", "prep",
)  # fmt: skip
_CLASSES = (
    "residents", "person", "official", "human", "staff", "org", "measure", "place", "time", "title", "group",
    "source", "money", "speaker", "rank",
)  # fmt: skip
_OWNING, _ACTING, _OTHER = frozenset({"of", "owner"}), frozenset({"subj", "obj", "by"}), 3
PATHS = 4 * len(_SLOTS)  # a slot, and whether a further step leads on, and of which sort
TRAITS = len(_CLASSES) + 3
_BELOW = ("of", "owner", "modifier", "by", "in", "against", "from", "to", "for", "on")
_BELOW_CLAUSE = ("subj", "obj", "of", "on", "to", "from", "against", "for")
_CLAUSES = frozenset({"comp", "inf"})
_NO_ARGUMENTS = frozenset({"neg", "prt", "adv", "prep"})
_FAR = 30  # words; beyond it distance tells nothing more

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


def paths(slots: Slots) -> Iterator[str]:
    """The paths that may lead to an argument: filled slots first, then those one step on."""
    filled = [slot for slot, found in slots.items() if found and slot not in _NO_ARGUMENTS]
    yield from filled
    for slot in filled:
        yield from (f"{slot}.{one}" for one in (_BELOW_CLAUSE if slot in _CLAUSES else _BELOW))


def standing(
    predicate: Token, arguments: Sequence[Token], frames: Frames, discourse: Discourse
) -> tuple[Places, Floats]:
    """Each argument's path, a number below :data:`PATHS`, and its traits: shapes (arguments,) and
    (arguments, :data:`TRAITS`)."""
    slots = frames.slots(predicate)
    led: dict[Token, str] = {}
    for path in paths(slots):
        for one in frames.tokens_at(path, predicate, slots, discourse):
            led.setdefault(one, path)
    by_path = np.array([_number(led.get(one, "")) for one in arguments], np.intp)
    traits = np.zeros((len(arguments), TRAITS), np.float32)
    for row, one in enumerate(arguments):
        classes = discourse.classes(one)
        traits[row, : len(_CLASSES)] = [name in classes for name in _CLASSES]
        distance = one.index - predicate.index
        traits[row, len(_CLASSES) :] = (not classes, distance < 0, min(abs(distance), _FAR) / 10)
    return by_path, traits


def _number(path: str) -> int:
    slot, _, then = path.partition(".")
    way = 0 if not then else 1 if then in _OWNING else 2 if then in _ACTING else _OTHER
    return 4 * (_SLOTS.index(slot) if slot in _SLOTS else 0) + way
