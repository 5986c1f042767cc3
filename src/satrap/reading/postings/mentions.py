"""The mentions of one paragraph: ranks and posts first, then units, then people; no two share a word."""

from collections.abc import Iterator

from satrap.reading.postings.grammar import Grammar
from satrap.reading.postings.mention import POSTS, Kind, Known, Mention
from satrap.reading.postings.people import name_end, past_bracket, past_honorifics
from satrap.reading.postings.titles import branch_end, post_at, rank_at
from satrap.reading.postings.units import unit_at
from satrap.reading.postings.words import Word

_AHEAD = 14  # words: more than the longest unit or name


class Mentions:
    """The mentions of one paragraph; what it tells is added to ``known``."""

    def __init__(self, words: list[Word], grammar: Grammar, known: Known) -> None:
        self._words = words
        self._grammar = grammar
        self._known = known
        self._taken: list[Mention | None] = [None] * len(words)
        self._find_ranks_and_posts()
        self._find_units()
        self._qualify_posts()
        self._find_people()

    def __iter__(self) -> Iterator[Mention]:
        """In text order."""
        last = None
        for mention in self._taken:
            if mention is not None and mention is not last:
                yield mention
            last = mention

    def at(self, place: int) -> Mention | None:
        return self._taken[place] if 0 <= place < len(self._taken) else None

    def has_person(self, rank: Mention) -> bool:
        """Whether the rank stands before a person's name."""
        return any(one is not None and one.rank is rank for one in self._taken[rank.last : rank.last + 6])

    def is_service(self, unit: Mention) -> bool:
        """Whether a unit is an army, a navy or a police as a whole."""
        name = " ".join(word.lower for word in self._words[unit.first : unit.last])
        return not name[0].isdigit() and any(name.endswith(f" {one}") for one in self._grammar.units.services)

    def _take(self, mention: Mention) -> int:
        self._taken[mention.first : mention.last] = [mention] * (mention.last - mention.first)
        return mention.last

    def _stop(self, place: int) -> int:
        """The next word that is taken, as far as any mention could reach."""
        ahead = range(place, min(len(self._words), place + _AHEAD))
        return next((at for at in ahead if self._taken[at] is not None), ahead.stop)

    def _find_ranks_and_posts(self) -> None:
        place = 0
        while place < len(self._words):
            post = post_at(self._words, place, self._grammar, self._known.acronyms)
            rank = rank_at(self._words, place, self._grammar)
            longest = rank if rank and (post is None or rank.last > post.last) else post
            place = self._take(longest) if longest else place + 1

    def _find_units(self) -> None:
        words, place = self._words, 0
        while place < len(words):
            stop = self._stop(place)
            known, units = self._known.acronyms, self._grammar.units
            last = unit_at(words, place, units, known, stop) if stop > place else None
            if last is None:
                echo = self._echo(place)
                place = self._take(echo) if echo else place + 1
                continue
            if last + 2 < len(words) and words[last].text == "(" and words[last + 1].is_acronym:
                known.add(words[last + 1].text)
            self._known.units[words[last - 1].lower] = (words[place].start, words[last - 1].end)
            place = self._take(Mention(Kind.UNIT, place, last))

    def _echo(self, place: int) -> Mention | None:
        """ "The Division", where the text has named one."""
        noun = self._words[place].lower
        pointed = place > 0 and self._words[place - 1].lower in {"the", "this", "its"}
        if self._taken[place] or not pointed or noun not in self._grammar.units.echoed:
            return None
        unit = self._known.units.get(noun)
        return Mention(Kind.UNIT, place, place + 1, echo=unit) if unit else None

    def _qualify_posts(self) -> None:
        """Take the words before a head into the post; a bare "head" or "chief" without any is none."""
        posts = self._grammar.posts
        for post in [one for one in self if one.kind in POSTS]:
            bare = post.last == post.first + 1 and self._words[post.first].lower in posts.bare
            while post.first and self._words[post.first - 1].lower in posts.qualifiers:
                before = self.at(post.first - 1)
                if before is not None and before.echo is None:
                    break
                post.echo = post.echo or (before.echo if before else None)
                post.first -= 1
                bare = False
            if bare and not self._has_unit(post):
                self._taken[post.first] = None
                continue
            post.last = branch_end(self._words, post.last, self._grammar)
            self._take(post)

    def _has_unit(self, post: Mention) -> bool:
        """Whether a unit touches the post: "7 Division head", "head of the 7 Division"."""
        place = post.last
        while place < len(self._words) and self._words[place].lower in {"of", "the", ","}:
            place += 1
        return any(one and one.kind is Kind.UNIT for one in (self.at(post.first - 1), self.at(place)))

    def _find_people(self) -> None:
        words = self._words
        for rank in [one for one in self if one.kind is Kind.RANK]:
            place = past_bracket(words, rank.last, self._grammar)
            end = self._person(place, rank)
            while end and rank.plural:  # "Brigadier-Generals A and B"
                while end < len(words) and words[end].lower in {",", "and", "&"}:
                    end += 1
                end = self._person(end, rank)
        place = 0
        while place < len(words):
            stop = self._stop(place)
            honorific = stop > place and past_honorifics(words, place, self._grammar) > place
            end = self._person(place, None) if honorific else None
            if end is None:
                end = name_end(words, place, self._grammar, stop)
                if end > place + 1:
                    self._take(Mention(Kind.NAME, place, end))
            place = max(end, place + 1)

    def _person(self, place: int, rank: Mention | None) -> int | None:
        """Take the name at ``place``, behind honorifics, as a person's; where it ends."""
        place = past_honorifics(self._words, place, self._grammar)
        end = name_end(self._words, place, self._grammar, self._stop(place))
        return self._take(Mention(Kind.PERSON, place, end, rank=rank)) if end > place else None
