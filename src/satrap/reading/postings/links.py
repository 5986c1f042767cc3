"""Links between the mentions of a paragraph: the patterns of ``words/links.yaml`` applied to its shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from satrap.reading.postings.grammar import Grammar, Link
from satrap.reading.postings.mention import Kind, Mention
from satrap.reading.postings.mentions import Mentions
from satrap.reading.postings.shape import Shape


@dataclass(eq=False, slots=True)
class Record:
    """What a paragraph tells of a person; ``rules`` are the ids of the links that say so."""

    person: Mention
    rank: Mention | None = None
    posts: list[Mention] = field(default_factory=list)
    units: list[Mention] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


class Links:
    """The people of one paragraph with what is linked to them, in text order."""

    def __init__(self, shape: Shape, mentions: Mentions, grammar: Grammar) -> None:
        self._shape = shape
        self._records = {
            one: Record(one, one.rank) for one in mentions if one.kind in {Kind.PERSON, Kind.NAME}
        }
        self._held: set[Mention] = set()  # posts that have their holder
        for at in range(len(shape.letters)):
            for link, pattern in grammar.patterns:
                found = pattern.match(shape.letters, at)
                if found is not None:
                    self._apply(link, found)

    def __iter__(self) -> Iterator[Record]:
        return (one for one in self._records.values() if one.rank or one.posts or one.units)

    def _apply(self, link: Link, found: re.Match[str]) -> None:
        groups = (name for name, part in found.groupdict().items() if part)
        said = {name: self._shape.meant[found.start(name)] for name in groups}
        record = self._records[said["person"][0]]
        if any(post in self._held for name in ("post", "post2") for post in said.get(name, ())):
            return
        if link.ranked is not None and link.ranked != (record.rank is not None):
            return
        if link.first and record.posts:
            return
        if "rank" in said:
            record.rank = said["rank"][0]
        for number in ("", "2"):
            holder = self._records[said["person2"][0]] if number and "person2" in said else record
            posts = said.get(f"post{number}", ())
            holder.posts += posts
            self._held.update(posts)
            units = said.get(f"org{number}") or tuple(_echoed(post) for post in posts if post.echo)
            holder.units += (unit for unit in units if unit not in holder.units)
            if link.id not in holder.rules and (not number or "person2" in said):
                holder.rules.append(link.id)


def _echoed(post: Mention) -> Mention:
    """The unit that "the brigade commander" commands."""
    return Mention(Kind.UNIT, post.first, post.last, echo=post.echo)
