"""What a language brings to be read: sentences, words and how they hang together, rules, dates.

English is :func:`satrap.reading.english.english`. Another language is one more module that makes a
:class:`Language`, and a folder of rules; nothing else of reading changes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from satrap.reading.dates import Grammar
from satrap.reading.hedges import Cues
from satrap.reading.layout import Layout, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.mentions import Named
from satrap.reading.rule import Rule
from satrap.reading.sources import SourceNames
from satrap.reading.tokens import Token


class Pipeline(Protocol):
    """Sentences in, each with the plain text it is of and the names in it; linked tokens out, in the same
    order and as they are asked for.

    Whatever parser is behind it, tags are Penn's and dependency labels those of :mod:`satrap.reading.tokens`:
    they are what rules' slots are made of.
    """

    @property
    def version(self) -> str: ...

    def parse(self, sentences: Iterable[tuple[str, Sentence, list[Named]]]) -> Iterator[list[Token]]: ...


@dataclass(frozen=True)
class Language:
    """One language. ``code`` is ISO 639-1.

    ``lay_out`` cuts a text into paragraphs and sentences; ``pipeline`` makes a sentence words with heads;
    ``rules`` say what words claim, with the word classes of ``lexicon``, what hedges them (``cues``) and who
    speaks (``sources``); ``dates`` are the rules of its times.
    """

    code: str
    lay_out: Callable[[str], Layout]
    pipeline: Pipeline
    rules: tuple[Rule, ...]
    lexicon: Lexicon
    cues: Cues
    sources: SourceNames
    dates: Grammar
