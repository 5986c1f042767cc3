"""Drafts become claims: each gets its voice, certainty, time, quote and causes; repetitions are dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from satrap.claims import (
    Argument,
    Certainty,
    Chain,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Reading,
    Source,
    SourceKind,
    family,
    kinds,
)
from satrap.reading import explain, nouns, timing
from satrap.reading.asserted import LOSSES, is_asserted, one_each, repeats
from satrap.reading.certainty import Sureness, of_lead_in, sureness
from satrap.reading.cues import nest
from satrap.reading.dates import Dated
from satrap.reading.direction import direction as way
from satrap.reading.echoes import echo
from satrap.reading.entities import SPEAKER, SPEAKERS_SIDE, Discourse
from satrap.reading.extent import extent
from satrap.reading.frames import Draft
from satrap.reading.horizon import horizon, settled
from satrap.reading.layout import Layout, Sentence
from satrap.reading.scenes import Scenes
from satrap.reading.scoping import path_up
from satrap.reading.sources import Sources
from satrap.reading.tokens import Token
from satrap.reading.voices import Voices
from satrap.reports import Report

if TYPE_CHECKING:
    from satrap.reading.reader import RuleReader

_ITEM = re.compile(r"(?:[•*–—-]|\(?\w\)|\d{1,2}[.)])\s")


class Passage:
    """One report being read, sentence by sentence."""

    def __init__(
        self,
        report: Report,
        layout: Layout,
        reader: RuleReader,
        voices: Voices,
        discourse: Discourse,
        sources: Sources,
        dates: Sequence[Dated],
    ) -> None:
        self.claims: list[Claim] = []
        self._report = report
        self._hash = report.hash
        self._dates = dates
        self._layout = layout
        self._reader = reader
        self._lexicon = reader.lexicon
        self._voices = voices
        self._discourse = discourse
        self._sources = sources
        self._publisher = Source(SourceKind.PUBLISHER, None, report.publisher)
        self._scenes = Scenes()
        self._before: list[tuple[Draft, Claim]] = []
        self._list: tuple[str, Certainty] | None = None  # the hedge of what leads a list in
        self._item = 0  # the paragraph of its item last read

    def take(self, sentence: Sentence, tokens: list[Token], drafts: list[Draft]) -> None:
        """Turn the drafts of one sentence into claims."""
        if self._layout.plain[sentence.start : sentence.end].rstrip("\"' ").endswith("?"):
            return
        text = self._layout.plain[sentence.start : sentence.end]
        if _ITEM.match(text):
            self._item = sentence.paragraph
        elif sentence.paragraph != self._item:
            self._list = None
        asserted = [draft for draft, claim in self._before if claim.kind not in {"motive", "cause"}]
        repeated = echo(tokens, asserted[-1] if asserted else None, self._discourse, sentence.number)
        if repeated is not None:
            drafts = [*drafts, repeated]
        purposes = explain.purposes(tokens, drafts)
        dated = [one for one in self._dates if sentence.start <= one.start < sentence.end]
        self._scenes.see(tokens, dated)
        made: list[tuple[Draft, Claim]] = []
        for draft in drafts:
            if any(draft.trigger.within(purpose.aim) for purpose in purposes):
                continue  # an effect stated only inside an aim
            wish = next(
                (one for one in path_up(draft.trigger)[1:] if explain.wishes(one, self._lexicon)), None
            )
            if wish is not None:
                wished = self._wish(wish, draft)
                if wished is None:
                    continue
                draft = wished
            if not is_asserted(draft, drafts, self._lexicon):
                continue
            for one in one_each(draft):
                claim = self._claim(one, sentence, tokens, dated)
                if claim is not None and not repeats(claim, [earlier for _, earlier in made]):
                    made.append((one, claim))
        made = self._with_causes(sentence, tokens, made)
        for purpose in purposes:
            motive = self._motive(purpose, sentence, tokens, made, dated)
            if motive is not None:
                made.append(motive)
        if text.endswith(":"):
            self._list = of_lead_in(tokens, self._reader.cues)
        self.claims += [claim for _, claim in made]
        self._before = [*self._before, *made][-8:]

    # -- one claim

    def _claim(
        self, draft: Draft, sentence: Sentence, tokens: list[Token], dated: list[Dated]
    ) -> Claim | None:
        sure = sureness(draft.trigger, self._reader.cues)
        if sure.blocked and not (
            draft.kind in {"extortion", "bribery", "surveillance"} and "must" in _auxiliaries(draft.trigger)
        ):
            return None  # but what residents must pay is no norm
        links = nest(self._voices.chain(sentence, draft.trigger), self._embedded(draft))
        kind_family = family(draft.kind)
        roles = self._with_speaker(draft, links, self._voices.described(links))
        if roles is None:
            return None
        start, end = extent(draft, sentence)
        polarity = sure.polarity
        if draft.rule.denied:
            polarity = Polarity.AFFIRMED if polarity is Polarity.DENIED else Polarity.DENIED
        certainty, cues = self._with_phrases(sentence, draft.trigger, sure)
        time = horizon(draft.trigger, kind_family, draft.kind, self._lexicon)
        if draft.rule.horizon:
            time = Horizon(draft.rule.horizon)
        when = timing.when(draft.trigger, dated, tokens, self._lexicon, self._report.published)
        if when is None and not any(one.when for one in dated):
            when = self._scenes.when(draft.trigger, time)
        time = settled(time, draft.trigger, kind_family, draft.kind, when, self._report.published)
        schema = kinds()[draft.kind]
        direction = way(draft, self._lexicon) if schema.directional else None
        return Claim(
            report=self._hash,
            quote=Quote.at(self._report.text, start, end),
            kind=draft.kind,
            said_by=(self._publisher, *links),
            roles=roles,
            access=self._voices.access(sentence, draft.trigger, links, certainty, time),
            direction=direction,
            polarity=polarity,
            certainty=certainty,
            cues=cues,
            horizon=time,
            when=when,
            places=tuple(
                dict.fromkeys(
                    place for arguments in roles.values() for one in arguments for place in one.places
                )
            ),
            reading=Reading(self._reader.name, self._reader.version, draft.rule.score, tuple(draft.rules)),
        )

    def _with_phrases(
        self, sentence: Sentence, word: Token, sure: Sureness
    ) -> tuple[Certainty, tuple[str, ...]]:
        certainty, cues = sure.certainty, sure.cues
        text = self._layout.plain[sentence.start : sentence.end]
        over = self._reader.cues.phrases_over(text, word.start - sentence.start)
        for words, level in (*over, *([self._list] if self._list else ())):
            if level.rank > certainty.rank:
                certainty, cues = level, (*cues, words)
        return certainty, cues

    def _with_speaker(
        self, draft: Draft, links: Chain, described: str
    ) -> dict[str, tuple[Argument, ...]] | None:
        """ "I hope", "it's fun to see": the feeling is the speaker's. Only residents speak for residents."""
        roles = _spoken_by(draft.roles, links, described)
        if draft.kind == "sentiment" and draft.trigger.dep == "amod" and "toward" not in roles:
            return None  # "angry residents" describes them; it does not say what they feel about what
        if draft.kind in {"sentiment", "support"} and "of" not in roles and "of" in draft.rule.roles:
            if links and links[-1].kind is SourceKind.RESIDENT:
                roles["of"] = (Argument("residents"),)
            elif "toward" not in roles:
                return None
        if not any(roles.get(role) for role in kinds()[draft.kind].main):
            # "a notice forbids the sale"; "arrests go on"
            stands = draft.slots.get("occurs") or (draft.kind == "order" and "about" in roles)
            return roles if stands else None
        return roles

    def _embedded(self, draft: Draft) -> Chain:
        """Voices inside the clause: what "is believed" or "is tipped to be" is on no one voice's word."""
        links: list[Source] = []
        for token in path_up(draft.trigger)[1:]:
            believed = self._lexicon.has("opinion", token.lemma) or self._lexicon.has("believed", token.lemma)
            if believed and token.is_verb and token.kids("auxpass") and not token.kids("agent"):
                links.append(Source(SourceKind.UNSPECIFIED))
        if (
            draft.trigger.is_verb
            and draft.trigger.lemma in {"compare", "liken"}
            and draft.trigger.kids("auxpass")
            and not draft.trigger.kids("agent")
        ):
            links.append(Source(SourceKind.UNSPECIFIED))
        return tuple(links)

    def _wish(self, wish: Token, draft: Draft) -> Draft | None:
        """A wish that someone fall is no forecast of it, but it voices a feeling about them."""
        if draft.kind not in LOSSES or not draft.roles.get("person"):
            return None
        subjects = wish.kids("nsubj")
        roles = {"toward": draft.roles["person"]}
        if subjects:
            of = self._discourse.resolve(subjects[0])
            if of:
                roles["of"] = of
            elif subjects[0].text.lower() not in {"i", "we"}:
                return None
        rule = draft.rule.model_copy(update={"roles": {"of": (), "toward": ()}})
        return replace(
            draft,
            kind="sentiment",
            trigger=wish,
            roles=roles,
            direction=Direction.DOWN,
            rule=rule,
            rules=["sentiment.wish", draft.rule.id],
        )

    # -- relations between claims

    def _with_causes(
        self, sentence: Sentence, tokens: list[Token], made: list[tuple[Draft, Claim]]
    ) -> list[tuple[Draft, Claim]]:
        claims = dict(made)
        for ground in explain.grounds(tokens, [draft for draft, _ in made]):
            if ground.effect is None:
                explained = self._said_before()
                if explained is not None and ground.words is not None:
                    cause = self._cause(explained[1], ground.words, sentence, back=True)
                    claims[
                        Draft(
                            "cause", ground.words, explained[0].rule, {}, cause.roles, None, sentence.number
                        )
                    ] = cause
                continue
            if ground.effect not in claims:
                continue
            effect = claims[ground.effect]
            if ground.draft is not None and ground.draft in claims:
                claims[ground.effect] = effect.clone(because=(claims[ground.draft].id,))
            elif ground.words is not None:
                cause = self._cause(effect, ground.words, sentence)
                claims[
                    Draft("cause", ground.words, ground.effect.rule, {}, cause.roles, None, sentence.number)
                ] = cause
        if explain.follows_from_before(self._layout.plain, sentence.start) and self._before and made:
            first = made[0][0]
            same = [claim for _, claim in self._before if claim.said_by == claims[first].said_by]
            earlier = (same or [self._before[-1][1]])[-1]
            claims[first] = claims[first].clone(because=(earlier.id,))
        return list(claims.items())

    def _said_before(self) -> tuple[Draft, Claim] | None:
        """What "it" and "the move" look back to: the main claim of the last sentence that has claims."""
        before = [(draft, claim) for draft, claim in self._before if claim.kind not in {"motive", "cause"}]
        last = [(draft, claim) for draft, claim in before if draft.sentence == before[-1][0].sentence]
        return min(last, key=lambda one: sum(1 for _ in one[0].trigger.ancestors()), default=None)

    def _cause(self, effect: Claim, words: Token, sentence: Sentence, *, back: bool = False) -> Claim:
        start, end = nouns.extent(_clause_of(words) if back else words)
        hedge = self._reader.cues.before_reason(self._layout.plain[sentence.start : words.start])
        if not back:
            start, end = min(start, effect.quote.start), max(end, effect.quote.end)
        return effect.clone(
            kind="cause",
            quote=Quote.at(self._report.text, max(start, sentence.start), min(end, sentence.end)),
            direction=None,
            roles={
                "cause": (Argument(nouns.phrase(words, self._report.text)),),
                "of": (Argument(effect.quote.exact, effect.id),),
            },
            polarity=Polarity.AFFIRMED,
            certainty=hedge[1] if hedge else effect.certainty,
            cues=(*effect.cues, hedge[0]) if hedge else effect.cues,
            when=None,
            places=(),
            reading=Reading(self._reader.name, self._reader.version, 0.6, ("cause.stated",)),
        )

    def _motive(
        self,
        purpose: explain.Purpose,
        sentence: Sentence,
        tokens: list[Token],
        made: list[tuple[Draft, Claim]],
        dated: list[Dated],
    ) -> tuple[Draft, Claim] | None:
        explained = next((claim for draft, claim in made if draft is purpose.explained), None)
        if explained is None:
            before = self._said_before()
            explained = before[1] if before else None
        if explained is None:
            return None
        certainty, cues = self._with_phrases(
            sentence, purpose.anchor, sureness(purpose.anchor, self._reader.cues)
        )
        links = nest(self._voices.chain(sentence, purpose.anchor), self._viewed(purpose.anchor))
        start = min(
            [purpose.anchor.start, *(one.start for one in _clause_of(purpose.anchor).subtree("advcl"))]
        )
        end = nouns.extent(purpose.aim)[1]
        aim = nouns.phrase(purpose.aim, self._report.text)
        claim = Claim(
            report=self._hash,
            quote=Quote.at(self._report.text, max(start, sentence.start), end),
            kind="motive",
            said_by=(self._publisher, *links),
            roles={"of": (Argument(explained.quote.exact, explained.id),), "aim": (Argument(aim),)},
            certainty=certainty,
            cues=cues,
            horizon=explained.horizon,
            access=self._voices.access(sentence, purpose.anchor, links, certainty, explained.horizon),
            reading=Reading(self._reader.name, self._reader.version, 0.65, ("motive.purpose",)),
        )
        rule = self._before[-1][0].rule if self._before else made[0][0].rule
        return Draft("motive", purpose.anchor, rule, {}, claim.roles, None, sentence.number), claim

    def _viewed(self, anchor: Token) -> Chain:
        """ "Some view the move as": an opinion whose holders the text leaves open."""
        for token in path_up(anchor)[1:]:
            if token.is_verb and self._lexicon.has("opinion", token.lemma):
                if token.kids("auxpass"):
                    return (Source(SourceKind.UNSPECIFIED),)
                for subject in token.kids("nsubj"):
                    if self._lexicon.has("voice_unspecified", subject.lemma):
                        return (Source(SourceKind.UNSPECIFIED),)
        return ()


def _auxiliaries(token: Token) -> set[str]:
    return {aux.lemma for aux in (*token.kids("aux"), *token.head.kids("aux"))}


def _clause_of(token: Token) -> Token:
    return next((one for one in [token, *token.ancestors()] if one.is_verb), token)


def _spoken_by(
    roles: dict[str, tuple[Argument, ...]], links: Chain, described: str
) -> dict[str, tuple[Argument, ...]]:
    """Roles in which "we" and "me" are whoever speaks; left out where that is only the publisher."""
    meant: dict[str, tuple[Argument, ...]] = {SPEAKER: (), SPEAKERS_SIDE: ()}
    if links:
        last = links[-1]
        residents = last.kind in {SourceKind.RESIDENT, SourceKind.DEFECTOR} and not last.name
        many = Argument("residents" if residents else last.name or last.kind.value)
        meant = {SPEAKER: (Argument(described) if described else many,), SPEAKERS_SIDE: (many,)}
    found = {
        role: tuple(dict.fromkeys(one for each in arguments for one in meant.get(each.name, (each,))))
        for role, arguments in roles.items()
    }
    return {role: arguments for role, arguments in found.items() if arguments}
