"""The rule reader's claims, with what a language model adds to them and what it says of the unsure ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from satrap.claims import Claim, kinds
from satrap.country import Gazetteer, Pack
from satrap.errors import ReadingError
from satrap.reading.layout import Layout, lay_out
from satrap.reading.llm import cache, prompt
from satrap.reading.llm.accept import Acceptance, Refused
from satrap.reading.llm.endpoint import Model, decode_object
from satrap.reading.reader import Reader
from satrap.reading.sections import divide
from satrap.reports import Report

STRETCH = 60  # sentences of one question: some 1,500 words, within any model's reach


class Verdict(msgspec.Struct):
    """Whether a candidate's sentence asserts it."""

    candidate: int
    holds: bool


@dataclass(slots=True)
class Review:
    """A report's claims and what became of the answers; ``refused`` holds reasons, which quote nothing."""

    claims: list[Claim] = field(default_factory=list)
    added: list[Claim] = field(default_factory=list)
    confirmed: list[Claim] = field(default_factory=list)
    dropped: list[Claim] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class LlmReader:
    """Another reader and a model. ``settle_below``: claims of that reader with a lower score are put to the
    model, which may have them dropped; the rest it cannot touch. 0 lets it only add.

    Added claims carry the model's name and the prompt's version in ``reading``; so do confirmed ones.
    """

    def __init__(
        self,
        base: Reader,
        model: Model,
        pack: Pack,
        *,
        answers: cache.Answers | None = None,
        settle_below: float = 0.6,
    ) -> None:
        self._base = base
        self._asked = model
        self._nation = pack.code
        self._names = Gazetteer(pack)
        self._answers = answers
        self._settle_below = settle_below
        self.name = f"{base.name}+llm"

    @property
    def version(self) -> str:
        return f"{self._base.version}+{self._model}"

    @property
    def _model(self) -> str:
        return f"{self._asked.model}+prompt-{prompt.version()}"

    @property
    def languages(self) -> frozenset[str]:
        """Those of the reader it stands over."""
        return self._base.languages

    def read(self, report: Report) -> list[Claim]:
        """Raises ReadingError where the model cannot be asked or answers no JSON: never half a reading."""
        return self.review(report).claims

    def review(self, report: Report) -> Review:
        """As :meth:`read`, with what the model added, confirmed and dropped, and why others were refused."""
        found = Review(claims=self._base.read(report))
        for layout, start, end in divide(lay_out(report.text), STRETCH):
            self._settle(report, layout, start, end, found)
        found.claims.sort(key=lambda claim: (claim.quote.start, claim.quote.end))
        return found

    def _settle(self, report: Report, layout: Layout, start: int, end: int, found: Review) -> None:
        if not any(one.prose for one in layout.sentences):
            return
        unsure = self._unsure(found.claims, start, end)
        answer = self._answer(prompt.question(report.text, layout.sentences, unsure))
        for candidate, holds in _verdicts(answer.get("verdicts"), unsure):
            found.claims.remove(candidate)
            if holds:
                reading = msgspec.structs.replace(
                    candidate.reading, rules=(*candidate.reading.rules, f"llm.confirmed {self._model}")
                )
                candidate = candidate.clone(reading=reading)
                found.claims.append(candidate)
            (found.confirmed if holds else found.dropped).append(candidate)
        gate = Acceptance(report, layout.sentences, self._names, self._nation, "llm", self._model)
        for said in _listed(answer.get("claims")):
            try:
                claim = gate.claim(said)
            except Refused as reason:
                found.refused.append(str(reason))
                continue
            if any(_same(claim, other) for other in [*found.claims, *found.dropped]):
                continue
            found.claims.append(claim)
            found.added.append(claim)

    def _answer(self, asked: str) -> dict[str, object]:
        key = cache.key(self._asked.model, prompt.instructions(), asked)
        kept = self._answers.get(key) if self._answers else None
        text = kept if kept is not None else self._asked.ask(prompt.messages(asked))
        answer = decode_object(text)
        if not isinstance(answer, dict):
            raise ReadingError(
                f"language model {self._asked.model} answered no JSON object", remedy="try another model"
            )
        if self._answers and kept is None:
            self._answers.put(key, text)
        return answer

    def _unsure(self, claims: Sequence[Claim], start: int, end: int) -> list[Claim]:
        """Claims of a stretch that the model may settle: unsure ones that no other claim leans on."""
        leant_on = {id for claim in claims for id in claim.because}
        leant_on |= {one.id for claim in claims for one in claim.arguments("of") if one.id}
        return [
            claim
            for claim in claims
            if start <= claim.quote.start < end
            and claim.reading.score < self._settle_below
            and claim.id not in leant_on
        ]


def _verdicts(answer: object, unsure: Sequence[Claim]) -> Iterator[tuple[Claim, bool]]:
    """The first verdict on each candidate; what is malformed or about no candidate is no verdict."""
    settled: set[int] = set()
    for one in _listed(answer):
        try:
            verdict = msgspec.convert(one, Verdict)
        except msgspec.ValidationError:
            continue
        if 1 <= verdict.candidate <= len(unsure) and verdict.candidate not in settled:
            settled.add(verdict.candidate)
            yield unsure[verdict.candidate - 1], verdict.holds


def _same(claim: Claim, other: Claim) -> bool:
    """Whether both say the same: one kind, words in common, and no main role filled by others."""
    if claim.kind != other.kind or not claim.quote.overlaps(other.quote):
        return False
    for role in kinds()[claim.kind].main:
        mine, theirs = ({_word(one.name) for one in each.arguments(role)} for each in (claim, other))
        if mine and theirs and not any(a in b or b in a for a in mine for b in theirs):
            return False
    return True


def _word(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
