"""Names in the text: what the country pack knows, with posts folded into the people who hold them.

"The former head of the Ministry of State Security, Kim Won Hong" is one person; "State Security Minister Kim
Won Hong" is the same. Folding them before parsing spares the parser the constructions it is poor at.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from satrap.country import Gazetteer, Pack
from satrap.reading.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Named:
    """A name at an offset of the report. ``kind``: institution, staff, group, place, person, post or rank.

    ``post`` and ``institution`` say what the text calls a person: "head", of the institution with that id.
    """

    start: int
    end: int
    text: str
    kind: str
    id: str
    name: str
    tier: str = ""
    post: str | None = None
    institution: str | None = None


class Names:
    """Finds the names of one country pack."""

    def __init__(self, pack: Pack, lexicon: Lexicon) -> None:
        self._pack = pack
        self._gazetteer = Gazetteer(pack)
        titles = "|".join(sorted(map(re.escape, lexicon.words("title")), key=len, reverse=True))
        self._title = re.compile(
            rf"(?:\b(?:the|its|their|a)\s+)?(?:\b[\w-]+\s+)?"
            rf"(?:\b(?:former|fellow|ex|then|current|new|newly appointed|first"
            rf"|senior|acting|sitting|late|ousted|disgraced|longtime|long-time)[\s-]+)*"
            rf"\b(?P<title>(?:(?:deputy|vice|first)[\s-]+)*(?:{titles})s?(?:[\s-](?:{titles})s?)*)$",
            re.IGNORECASE,
        )

    def find(self, plain: str, on: date | None) -> list[Named]:
        """Every name in ``plain``, in order, without overlap."""
        found: list[Named] = []
        for mention in self._gazetteer.find(plain, on):
            kind = "staff" if mention.role == "staff" else str(mention.kind)
            one = Named(
                mention.start, mention.end, mention.text, kind, mention.entity, mention.name, mention.tier
            )
            if kind == "person":
                one = self._with_post(plain, found, one)
            elif kind == "post":
                one = self._not_the_holder(plain, one)
            found.append(one)
        return found

    def _not_the_holder(self, plain: str, post: Named) -> Named:
        """A deputy or former head is not whoever holds the post: he goes by what he is called."""
        before = _BESIDE_POST.search(plain, max(0, post.start - 30), post.start)
        if before is None:
            return post
        text = plain[before.start() : post.end]
        return replace(
            post,
            start=before.start(),
            text=text,
            name=text,
            id="",
            institution=self._pack.post(post.id).institution,
        )

    def _with_post(self, plain: str, before: list[Named], person: Named) -> Named:
        """Take what stands before a person's name into the mention: rank, post, institution."""
        while before and before[-1].kind == "rank" and plain[before[-1].end : person.start].isspace():
            person = replace(person, start=before.pop().start)
        floor = before[-1].end if before else 0
        last = before[-1] if before else None
        gap = plain[floor : person.start]
        touching = last is not None and re.fullmatch(r",?\s*", gap) is not None
        if gap.strip() == "," and not re.match(r"\s*[,.;)]", plain[person.end : person.end + 2]):
            return person  # "after the fall of the minister, X issued": the comma ends a phrase
        if last and touching and last.kind == "post":
            before.pop()
            body = last.institution or self._pack.post(last.id).institution
            return replace(person, start=_article(plain, last.start), post=last.text, institution=body)
        if last and touching and last.kind == "institution":  # head of INSTITUTION(,) PERSON
            prior = before[-2].end if len(before) > 1 else 0
            link = re.search(r"\s+(?:of|at|in)\s+(?:the\s+)?$", plain[prior : last.start])
            title = self._title.search(plain, prior, prior + link.start()) if link else None
            if title:
                before.pop()
                return replace(person, start=title.start(), post=title["title"], institution=last.id)
            return person
        title = self._title.search(plain, floor, person.start - (len(gap) - len(gap.rstrip())))
        if not title or re.search(r"[,.;:]", gap):
            return person
        if last and last.kind == "institution" and not plain[floor : title.start("title")].strip(" '\u2019s"):
            before.pop()  # INSTITUTION head PERSON
            return replace(
                person, start=_article(plain, last.start), post=title["title"], institution=last.id
            )
        return replace(person, start=title.start("title"), post=title["title"])


_BESIDE_POST = re.compile(
    r"\b(?:(?:first|former|ex|then)[\s-]+)*(?:deputy|vice|assistant|former|ex|previous|disgraced|late)[\s-]+$",
    re.IGNORECASE,
)


def _article(plain: str, start: int) -> int:
    found = re.search(r"\b(?:the|former|then|new)\s+$", plain[max(0, start - 12) : start], re.IGNORECASE)
    return start - len(found.group()) if found else start
