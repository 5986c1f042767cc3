"""Another language is a module and rules, not a fork: a few lines of Korean read a Korean sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from satrap.claims import When
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reading.dates import Grammar
from satrap.reading.dates.rule import DateContexts, DateTimes, DateWords
from satrap.reading.dates.rule import Rule as DateRule
from satrap.reading.english import english
from satrap.reading.language import Language
from satrap.reading.layout import Sentence
from satrap.reading.mentions import Named
from satrap.reading.rule import Example, Rule
from satrap.reading.tokens import Token, link
from satrap.reports import Report

TEXT = "국가보위성은 2017년에 주민들을 구금했다."  # the Ministry of State Security detained residents in 2017
PARTICLES = {"은": "nsubj", "을": "dobj", "에": "npadvmod"}


class Particles:
    """Words by spaces, arguments by their particles, the verb last: enough for this one sentence."""

    version = "ko-test"

    def parse(self, sentences: Iterable[tuple[str, Sentence, list[Named]]]) -> Iterator[list[Token]]:
        for plain, sentence, named in sentences:
            names = {one.start: one for one in named}
            tokens: list[Token] = []
            at = sentence.start
            for word in plain[sentence.start : sentence.end].rstrip(".").split(" "):
                verb = word.endswith("했다")
                lemma = word.removesuffix("했다") + "하다" if verb else word[:-1].removesuffix("들")
                tag, dep = ("VBD", "ROOT") if verb else ("NN", PARTICLES[word[-1]])
                end = at + len(word) - (0 if verb else 1)
                tokens.append(Token(len(tokens), plain[at:end], lemma, tag, dep, at, end, names.get(at)))
                at += len(word) + 1
            link(tokens, [len(tokens) - 1] * len(tokens))
            yield tokens


def _korean() -> Language:
    base = english()
    detention = Rule(
        id="detention.detain",
        kind="detention",
        verbs=("구금하다",),
        roles={"by": ("subj",), "on": ("obj",)},
        example=Example(text=TEXT),
    )
    words = DateWords.model_validate(
        {"classes": {"year": {"digits": r"\d{4}"}}}
        | dict.fromkeys(("ahead", "deadlines", "since", "effective", "telling", "behind"), "(?!)")
    )
    year = DateRule.model_validate(
        {
            "id": "date.year",
            "cue": ["year"],
            "pattern": "{year}년",
            "make": "calendar",
            "examples": {"2017년": ["2017"]},
        }
    )
    lexicon = base.lexicon.model_copy(
        update={"classes": {**base.lexicon.classes, "residents": ("주민",), "human": ("주민",)}}
    )
    return replace(
        base,
        code="ko",
        pipeline=Particles(),
        rules=(detention,),
        lexicon=lexicon,
        dates=Grammar.of(words, DateTimes(times=(year,)), DateContexts(around=(), ranges=(), relations=())),
    )


def test_a_language_brings_words_rules_and_dates_and_the_rest_reads_on() -> None:
    reader = RuleReader(load_pack("kp"), language=_korean())
    report = Report(text=TEXT, publisher="일보", published=When.parse("2018-01-05"), language="ko")
    [claim] = reader.read(report)
    assert (claim.kind, claim.roles["by"][0].id, claim.roles["on"][0].name) == ("detention", "MSS", "주민들")
    assert claim.when is not None
    assert claim.when.edtf == "2017"
    assert claim.quote.holds_in(TEXT)
    assert claim.reading.version.startswith("2+ko-test")


def test_a_reader_says_which_language_it_reads() -> None:
    assert RuleReader(load_pack("kp"), language=_korean()).languages == {"ko"}
    assert RuleReader(load_pack("kp")).languages == {"en"}
