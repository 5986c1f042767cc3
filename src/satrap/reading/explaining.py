"""Why a sentence was read as it was: which rules fired on which words, and what the others lacked.

>>> for one in explain(report, reader):
...     print(one)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from satrap.claims import Claim, Source
from satrap.reading import explain as purposes
from satrap.reading.asserted import is_asserted
from satrap.reading.certainty import sureness
from satrap.reading.frames import Draft
from satrap.reading.learned.tagger import LEARNED, LEAST
from satrap.reading.reader import RuleReader, Step
from satrap.reading.rule import Rule
from satrap.reading.scoping import path_up
from satrap.reading.tokens import Token
from satrap.reports import Report

_OTHERS = 2  # kinds that a word might be of instead
_SHOWN = 4  # near misses as text; common verbs trigger many rules


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule wants at a slot ("obj: residents, human"), the words found there, whether that will do."""

    slots: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    holds: bool

    def __str__(self) -> str:
        barred = " or ".join(one[1:] for one in self.wanted if one.startswith("!"))
        wanted = " or ".join(one for one in self.wanted if not one.startswith("!")) or "anything"
        if barred:
            wanted += f" but not {barred}"
        found = ", ".join(f"“{words}”" for words in self.found) or "nothing there"
        return f"{self.slots.replace('|', ' or ')} is {wanted}: {found}"


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule held against the word that triggers it.

    ``claims`` are what came of it. Where a rule fired and there are none, ``because`` says why. ``slots`` are
    the arguments of the word.
    """

    rule: str
    kind: str
    trigger: str
    slots: dict[str, tuple[str, ...]]
    conditions: tuple[Condition, ...]
    claims: tuple[Claim, ...] = ()
    because: str = ""

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions that did not hold; none where the rule fired."""
        return tuple(one for one in self.conditions if not one.holds)


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the kind tagger makes of a word: its likeliest kind, how likely, and what it might be instead.

    ``claims`` are those that no rule made.
    """

    word: str
    kind: str
    probability: float
    others: tuple[tuple[str, float], ...]
    claims: tuple[Claim, ...] = ()

    def __str__(self) -> str:
        found = ", ".join(f"{kind} {chance:.2f}" for kind, chance in self.others)
        return f"tagger: “{self.word}” is {self.kind} with {self.probability:.2f} ({found})"


@dataclass(frozen=True, slots=True)
class SentenceExplanation:
    """A sentence with every rule that its words triggered.

    ``fired`` rules had all their conditions met; ``near`` ones lack exactly one; ``far`` counts the rest.
    ``tagged`` is what the tagger finds likely, or made a claim of. ``unruled`` are claims that neither made:
    motives, causes, echoes of the sentence before.
    """

    text: str
    start: int
    end: int
    prose: bool
    fired: tuple[Trial, ...] = ()
    near: tuple[Trial, ...] = ()
    far: int = 0
    tagged: tuple[Tagged, ...] = ()
    unruled: tuple[Claim, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """The explanation as indented text."""
        yield self.text
        if not self.prose:
            yield "  not prose (a heading, byline, caption or interview question): it holds no claims"
        elif not (self.fired or self.near or self.tagged or self.unruled):
            yield f"  no rule comes near ({self.far} triggered)" if self.far else "  no word triggers a rule"
        for trial in self.fired:
            yield f"  {trial.rule} fired on “{trial.trigger}”" + (f": {_slots(trial)}" if trial.slots else "")
            yield from (f"    met: {one}" for one in trial.conditions)
            yield from (f"    {line}" for claim in trial.claims for line in _claim(claim))
            if trial.because:
                yield f"    no claim: {trial.because}"
        for tagged in self.tagged:
            yield f"  {tagged}"
            yield from (f"    {line}" for claim in tagged.claims for line in _claim(claim))
        for claim in self.unruled:
            yield f"  {', '.join(claim.reading.rules)} (built in)"
            yield from (f"    {line}" for line in _claim(claim))
        for trial in self.near[:_SHOWN]:
            yield f"  {trial.rule} came near on “{trial.trigger}”: lacks {trial.failed[0]}"
        if len(self.near) > _SHOWN:
            yield f"  and {len(self.near) - _SHOWN} more came near"

    def _repr_html_(self) -> str:
        first, *rest = self.lines()
        return f"<p><strong>{escape(first)}</strong></p><pre>{escape(chr(10).join(rest))}</pre>"


def explain(report: Report, reader: RuleReader) -> list[SentenceExplanation]:
    """Every sentence of a report in order. Reads it whole, since a sentence leans on those before it."""
    steps = {one.start: one for one in _explained(report, reader)}
    return [
        steps.get(one.start)
        or SentenceExplanation(report.text[one.start : one.end], one.start, one.end, prose=False)
        for one in reader.language.lay_out(report.text).sentences
    ]


def _explained(report: Report, reader: RuleReader) -> Iterator[SentenceExplanation]:
    for step in reader.steps(report):
        trials = [trial for token in step.tokens for trial in _trials(token, step, report.text, reader)]
        fired = tuple(trial for trial in trials if not trial.failed)
        near = tuple(trial for trial in trials if len(trial.failed) == 1)
        tagged = tuple(_tagged(step, report.text, reader))
        made = {claim.id for trial in fired for claim in trial.claims}
        made |= {claim.id for one in tagged for claim in one.claims}
        start, end = step.sentence.start, step.sentence.end
        yield SentenceExplanation(
            report.text[start:end],
            start,
            end,
            prose=True,
            fired=fired,
            near=near,
            far=len(trials) - len(fired) - len(near),
            tagged=tagged,
            unruled=tuple(claim for claim in step.claims if claim.id not in made),
        )


def _trials(token: Token, step: Step, text: str, reader: RuleReader) -> Iterator[Trial]:
    rules = reader.frames.candidates(token)
    if not rules:
        return
    slots = {slot: _words(found, text) for slot, found in reader.frames.slots(token).items()}
    for rule in rules:
        conditions = tuple(
            Condition(one.slots, one.wanted, _words(one.found, text), one.holds)
            for one in reader.frames.requirements(rule, token, step.discourse, text)
        )
        draft = _draft(rule, token, step.drafts)
        claims = _claims_of(draft, step) if draft else ()
        because = ""
        if all(one.holds for one in conditions) and not claims:
            because = _why_none(draft, step, text, reader) if draft else _outdone(rule, token, step)
        yield Trial(rule.id, rule.kind, token.text, slots, conditions, claims, because)


def _draft(rule: Rule, token: Token, drafts: list[Draft]) -> Draft | None:
    return next((one for one in drafts if one.trigger is token and one.rules[0] == rule.id), None)


def _tagged(step: Step, text: str, reader: RuleReader) -> Iterator[Tagged]:
    """The words that the tagger finds likely to be of some kind, and those it made claims of."""
    if reader.tagger is None or step.sight is None:
        return
    for tag in reader.tagger.tags(step.sight, step.tokens, step.ruled):
        learned = [
            one for one in step.drafts if one.trigger is tag.token and one.rules[0] == f"{LEARNED}{one.kind}"
        ]
        claims = tuple(claim for draft in learned for claim in _claims_of(draft, step))
        if claims or tag.probability >= LEAST:
            yield Tagged(
                text[tag.token.start : tag.token.end],
                tag.kind,
                tag.probability,
                tuple(tag.next_likeliest(_OTHERS)),
                claims,
            )


def _claims_of(draft: Draft, step: Step) -> tuple[Claim, ...]:
    return tuple(
        claim
        for claim in step.claims
        if draft.rule.id in claim.reading.rules
        and (claim.quote.start <= draft.trigger.start < claim.quote.end)
        and not any(_nearer(other, draft, claim) for other in step.drafts)
    )


def _nearer(other: Draft, draft: Draft, claim: Claim) -> bool:
    """Whether another word triggered the same rule, and the claim has its roles."""
    return other is not draft and other.rule.id == draft.rule.id and other.roles == claim.roles != draft.roles


def _outdone(rule: Rule, token: Token, step: Step) -> str:
    if _draft(rule, token, step.ruled) is not None:
        return "weighed with the tagger it is unlikely to be right, or another reading is likelier"
    better = next((one for one in step.drafts if one.trigger is token and one.kind == rule.kind), None)
    return f"{better.rule.id} reads the same better" if better else "the word fills none of its roles"


def _why_none(draft: Draft, step: Step, text: str, reader: RuleReader) -> str:
    """Why a draft made no claim, by the order in which :mod:`satrap.reading.passage` decides."""
    if text[step.sentence.start : step.sentence.end].rstrip("\"'” ").endswith("?"):
        return "a question asserts nothing"
    if any(draft.trigger.within(one.aim) for one in purposes.purposes(step.tokens, step.drafts)):
        return "it is only part of an aim"
    if any(purposes.wishes(one, reader.lexicon) for one in path_up(draft.trigger)[1:]):
        return "it is wished, not asserted"
    if not is_asserted(draft, step.drafts, reader.lexicon):
        return "it only repeats, colours or is the content of another reading of this sentence"
    if sureness(draft.trigger, reader.cues).blocked:
        return "a norm, a condition or a wish: not asserted"
    return "it names nobody, or says the same as another claim of this sentence"


def _claim(claim: Claim) -> Iterator[str]:
    """A claim in a few lines."""
    roles = "; ".join(
        f"{role}: {', '.join(one.name for one in filled)}" for role, filled in claim.roles.items() if filled
    )
    turn = f" {claim.direction}" if claim.direction else ""
    denied = ", denied" if claim.polarity == "denied" else ""
    yield f"claim: {claim.kind}{turn}{denied} ({roles or 'no roles'}), score {claim.reading.score:g}"
    cues = f" ({', '.join(f'“{cue}”' for cue in claim.cues)})" if claim.cues else ""
    yield f"  how sure: {claim.certainty}{cues}; horizon: {claim.horizon}" + (
        f"; when: {claim.when.edtf}" if claim.when else ""
    )
    yield f"  on whose word: {' → '.join(map(_voice, claim.said_by))}"
    yield f"  quote: “{claim.quote.exact}”"


def _voice(source: Source) -> str:
    name = f" {source.name}" if source.name else ""
    return f"{source.kind}{name}" + (f" in {source.place}" if source.place else "")


def _slots(trial: Trial) -> str:
    return "; ".join(
        f"{slot} {', '.join(f'“{one}”' for one in words)}" for slot, words in trial.slots.items()
    )


def _words(tokens: list[Token], text: str) -> tuple[str, ...]:
    return tuple(text[one.start : one.end] for one in tokens)
