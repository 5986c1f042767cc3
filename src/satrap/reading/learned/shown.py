"""What the encoder is shown of a sentence: its words, the ones that may be predicates, the ones that may be
their arguments.

A name the pack knows is shown as one common word for its sort: what is learned of an agency in one country
holds of every agency, and a name of five words costs no more than one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from satrap.reading.tokens import Token

_STAND_INS = {"institution": "agency", "group": "agency", "person": "smith", "place": "ohio"}
_MODIFYING = frozenset({"compound", "nmod", "appos", "npadvmod"})
_PREDICATIVE = frozenset({"acomp", "oprd", "attr", "ROOT", "ccomp", "advcl", "relcl", "xcomp"})
_STANDING_ALONE = frozenset({"PRP", "PRP$", "DT", "CD", "WP", "WDT"})
_FEW = frozenset({"others", "many", "some"})
_PART = re.compile(r"\w+|[^\w\s]")
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
MOST_PIECES = 6  # of a word: what identifies it stands at its head


def word(token: Token) -> str:
    """A word as it is shown."""
    named = token.named
    if named is not None and (token.text[:1].isupper() or not token.text.isascii()):
        return _STAND_INS.get(named.kind, token.text)
    return token.text


def candidates(tokens: Sequence[Token]) -> Iterator[int]:
    """Places of the words that may be predicates: verbs, common nouns, predicative adjectives."""
    return (token.index for token in tokens if may_claim(token))


def may_claim(token: Token) -> bool:
    """Whether a word may be a predicate."""
    if token.named is not None:
        return False
    if token.is_verb:
        return token.dep not in {"aux", "auxpass"}
    if token.tag in {"NN", "NNS"}:
        return token.dep not in _MODIFYING
    return token.tag.startswith("JJ") and _is_predicative(token)


def _is_predicative(token: Token) -> bool:
    while token.dep == "conj" and not token.is_root:
        token = token.head
    return token.dep in _PREDICATIVE


def arguments(tokens: Sequence[Token]) -> list[Token]:
    """The heads of phrases that may fill a role, pronouns among them."""
    return [
        one
        for one in tokens
        if (one.is_noun and (one.named is not None or one.dep not in {"compound", "nmod"}))
        or one.tag in _STANDING_ALONE
        or one.text.lower() in _FEW
    ]


class Pieces:
    """Word pieces of BERT's uncased vocabulary, or of what was kept of it; a word's are looked up once."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._ids = {piece: at for at, piece in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}
        self.start, self.end, self._unknown = (self._ids[one] for one in (START, END, UNKNOWN))

    def of(self, word: str) -> list[int]:
        """The ids of a word's first pieces; never none."""
        if word not in self._known:
            plain = "".join(
                one for one in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(one) != "Mn"
            )
            found = [piece for part in _PART.findall(plain) for piece in self._cut(part)]
            self._known[word] = found[:MOST_PIECES] or [self._unknown]
        return self._known[word]

    def _cut(self, part: str) -> list[int]:
        """The longest pieces from the left; one unknown where they do not cover the part."""
        found, at = [], 0
        while at < len(part):
            for end in range(len(part), at, -1):
                piece = self._ids.get(("##" if at else "") + part[at:end])
                if piece is not None:
                    break
            else:
                return [self._unknown]
            found.append(piece)
            at = end
        return found

    def sentence(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """The ids of a sentence, and where in them each word begins."""
        ids, begins = [self.start], []
        for one in words:
            begins.append(len(ids))
            ids += self.of(one)
        return [*ids, self.end], begins
