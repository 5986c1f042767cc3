"""Find a pack's institutions, places, people, posts, groups and ranks in running text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from satrap.country.pack import Pack
from satrap.country.terms import EntityKind, Entry, Role, entries

_SAME = str.maketrans({**dict.fromkeys("’‘ʼʹ`´′", "'"), **dict.fromkeys("-‐‑\u00a0\n\r\t\u2009\u202f", " ")})
_DROPPED = frozenset("\u00ad\u200b\ufeff")  # soft hyphen, zero-width space, byte-order mark
_HANGUL = re.compile("[가-힣]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]")
# A two-syllable Korean name is trusted only as a whole word, but for one of these particles after it.
_PARTICLES = frozenset("은는이가을를의에와과도로만")
_ARTICLE = re.compile(r"\bthe $", re.IGNORECASE)
_CONJOINED = re.compile(r"(?<!\w)(\w+) (?:and|or) $")
_LOOK_BACK = 40  # characters searched before a name; keeps the time linear in the text
_WORD_BEFORE = re.compile(r"(?<!\w)(\w+) $")


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names an entity of the pack.

    `entity` is its id; a town counts as its province, and `name` tells which one it was. `tier` is the level
    that the words themselves or the one before them give ("provincial party committee"), else "".
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    entity: str
    name: str
    language: str
    role: Role = Role.NAME
    tier: str = ""


class Gazetteer:
    """All names of one pack, compiled once, searched many times.

    Longest match from the left; names end at word boundaries. Acronyms need their capitals, one-word proper
    names need an initial capital, the rest ignores case. Curly and straight apostrophes, hyphens and spaces,
    and line breaks are alike.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        by_form: dict[str, list[Entry]] = {}
        for entry in entries(pack):
            by_form.setdefault(_plain(entry.text)[0].lower(), []).append(entry)
        self._by_form = by_form
        self._forms = list(by_form)
        self._automaton = AhoCorasick(self._forms)
        self._tier_words = {
            term.text.lower(): tier.id
            for tier in pack.header.tiers
            for terms in tier.names.values()
            for term in terms
        }

    def find(self, text: str, date: datetime.date | None = None) -> list[Mention]:
        """Mentions in order, never overlapping. Give the whole report: an ambiguous name counts only when the
        text also names its entity plainly, or says "in" it. With the report's `date`, a name of that time
        wins over others.
        """
        plain, origin = _plain(text)
        hits = [hit for hit in self._hits(plain) if _fits(hit[2], plain, hit[0], hit[1])]
        clear = {self._family(entry) for _, _, entry in hits if not entry.ambiguous}
        allowed = [
            hit
            for hit in hits
            if not hit[2].ambiguous
            or (self._family(hit[2]) in clear and _current(hit[2], date))
            or _is_where(hit[2], plain, hit[0], hit[1])
        ]
        allowed.sort(key=lambda hit: (hit[0], -hit[1], hit[2].ambiguous, not _current(hit[2], date)))
        mentions: list[Mention] = []
        taken = 0
        for start, end, entry in allowed:
            if start < taken:
                continue
            mentions += [_mention(text, origin, *hit) for hit in self._conjoined(plain, taken, start, end)]
            mentions.append(_mention(text, origin, start, end, self._at_tier(entry, plain, start)))
            taken = end
        return mentions

    def _hits(self, plain: str) -> Iterator[tuple[int, int, Entry]]:
        for number, start, end in self._automaton.find_matches_as_indexes(plain.lower(), overlapping=True):
            for entry in self._by_form[self._forms[number]]:
                yield start, end, entry

    def _conjoined(self, plain: str, taken: int, start: int, end: int) -> Iterator[tuple[int, int, Entry]]:
        """The first half of "South and North Hwanghae": "South" stands for "South Hwanghae"."""
        before = _CONJOINED.search(plain, max(taken, start - _LOOK_BACK), start)
        words = plain[start:end].lower().split(" ")
        if before is None or len(words) < 2:
            return
        for dropped in range(1, len(words)):
            whole = " ".join([before[1].lower(), *words[dropped:]])
            for entry in self._by_form.get(whole, ()):
                if not entry.ambiguous and not entry.article:
                    yield before.start(1), before.end(1), entry
                    return

    def _at_tier(self, entry: Entry, plain: str, start: int) -> Entry:
        """The entry with the tier of the word before it, as in "provincial MSS", if it has none itself."""
        before = _WORD_BEFORE.search(plain, max(0, start - _LOOK_BACK), start)
        if entry.tier or before is None or entry.kind is not EntityKind.INSTITUTION:
            return entry
        return replace(entry, tier=self._tier_words.get(before[1].lower(), ""))

    def _family(self, entry: Entry) -> tuple[EntityKind, str]:
        """What vouches for an ambiguous name: its entity; for an institution, any of the same share."""
        if entry.kind is EntityKind.INSTITUTION:
            return entry.kind, self._pack.share_institution(entry.entity) or entry.entity
        return entry.kind, entry.entity


def _is_where(entry: Entry, plain: str, start: int, end: int) -> bool:
    """ "A source in Mary said", not "in Mary Smith's view"."""
    if entry.kind is not EntityKind.PLACE or not plain[max(0, start - 4) : start].lower().endswith(" in "):
        return False
    return not re.match(r"(?:['’]|\s+[A-Z])", plain[end : end + 3])


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with look-alike characters made equal, and where each one stood in the original."""
    kept: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text.translate(_SAME)):
        if character in _DROPPED or (character == " " and kept and kept[-1] == " "):
            continue
        # Lower case must not change the length ("İ" would become two characters)
        kept.append(character if len(character.lower()) == 1 else "?")
        origin.append(position)
    return "".join(kept), origin


def _mention(text: str, origin: list[int], start: int, end: int, entry: Entry) -> Mention:
    first, last = origin[start], origin[end - 1] + 1
    return Mention(
        first,
        last,
        text[first:last],
        entry.kind,
        entry.entity,
        entry.name,
        entry.language,
        entry.role,
        entry.tier,
    )


def _fits(entry: Entry, plain: str, start: int, end: int) -> bool:
    return (
        _bounded(plain, start, end)
        and _cased(entry, plain[start:end])
        and (not entry.article or _ARTICLE.search(plain, max(0, start - 5), start) is not None)
    )


def _bounded(plain: str, start: int, end: int) -> bool:
    """Whether the match stands as a word of its own, by the habits of its script."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if _HANGUL.match(plain[start]):
        whole = not _HANGUL.match(before) and (not _HANGUL.match(after) or after in _PARTICLES)
        return whole or end - start > 2
    if _CJK.match(plain[start]):
        return True
    return not (_part_of_word(before) or _part_of_word(after))


def _part_of_word(character: str) -> bool:
    return character.isalnum() and not _CJK.match(character)


def _cased(entry: Entry, found: str) -> bool:
    capitals = sum(character.isupper() for character in entry.text)
    form = _plain(entry.text)[0]
    one_word = " " not in form
    if one_word and capitals > 1:
        return found == form
    return not (one_word and capitals) or found[0].isupper() or not found[0].isalpha()


def _current(entry: Entry, date: datetime.date | None) -> bool:
    return date is None or entry.period is None or entry.period.may_cover(date)
