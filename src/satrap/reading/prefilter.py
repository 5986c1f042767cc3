"""Which texts are worth parsing: those that name something of the state. Parsing is what reading costs.

A text of a hundred words or more about a state's apparatus names the state, a place or a person of it, or one
of its bodies by a proper name. Words that any state's news holds ("police", "the court") tell nothing. A
shorter text is always read: it may lean on what its reader knows. (Of the North Korea chronology's 191 rows,
all under a hundred words, 16 name nothing of the state.)
"""

import re
from collections.abc import Sequence

from satrap.country import Pack
from satrap.reading.mentions import Named

SHORT = 100  # words
_WORD = re.compile(r"\S+")


class Prefilter:
    """Tells texts about one country's state from others by names alone."""

    def __init__(self, pack: Pack) -> None:
        nation = pack.name.removesuffix("istan")
        self._nation = re.compile(rf"\b{re.escape(nation)}")  # no end: "North Korean", "Turkmen"

    def passes(self, text: str, named: Sequence[Named]) -> bool:
        """Whether ``text``, in which ``named`` was found, is to be parsed."""
        return any(map(_is_telling, named)) or _is_short(text) or self._nation.search(text) is not None


def _is_telling(name: Named) -> bool:
    if name.kind in {"place", "person"}:
        return True
    capitals = sum(map(str.isupper, name.text))
    return (
        capitals > 1 or not name.text.isascii()
    )  # "KPA", "State Control Committee"; scripts without capitals


def _is_short(text: str) -> bool:
    return all(count < SHORT for count, _ in enumerate(_WORD.finditer(text), 1))
