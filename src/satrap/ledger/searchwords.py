"""What is asked of search: ``words "exact phrase" begin* -without OR other words``.

Words stand for all of them together; OR separates alternatives and binds loosest; a minus excludes. There is
no other syntax: every other character separates words, so that nothing a person or a report writes can be
anything but words.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from satrap.errors import LedgerError
from satrap.ledger.tokens import Token, segments

LONGEST = 1000  # characters of a question
MOST = 64  # terms of a question

_PIECE = re.compile(
    r"""(?P<without>-)?(?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s"]+))(?P<begin>(?<=")\*)?"""
)


class Term(msgspec.Struct, frozen=True):
    """Tokens that follow each other; with ``begins``, the last need only begin so."""

    tokens: tuple[str, ...]
    begins: bool = False

    def matches(self, found: Sequence[Token], at: int) -> bool:
        """Whether the term stands at this place among the tokens of a text."""
        here = [one.text for one in found[at : at + len(self.tokens)]]
        if len(here) < len(self.tokens) or here[:-1] != [*self.tokens[:-1]]:
            return False
        return here[-1].startswith(self.tokens[-1]) if self.begins else here[-1] == self.tokens[-1]


class Alternative(msgspec.Struct, frozen=True):
    """All of ``wanted`` and none of ``without``."""

    wanted: tuple[Term, ...]
    without: tuple[Term, ...] = ()


class Words(msgspec.Struct, frozen=True):
    """A question: one of the alternatives must hold."""

    alternatives: tuple[Alternative, ...]

    @classmethod
    def parse(cls, asked: str) -> "Words":
        """Raises LedgerError, which says what to write instead, where the question asks for nothing."""
        if len(asked) > LONGEST:
            raise LedgerError(
                f"the question has {len(asked)} characters", remedy=f"ask with at most {LONGEST}"
            )
        alternatives: list[tuple[list[Term], list[Term]]] = [([], [])]
        for piece in _PIECE.finditer(asked):
            if piece["word"] == "OR" and not piece["without"]:
                alternatives.append(([], []))
            elif term := _term(piece):
                alternatives[-1][1 if piece["without"] else 0].append(term)
        if sum(len(wanted) + len(without) for wanted, without in alternatives) > MOST:
            raise LedgerError("the question has too many words", remedy=f"ask with at most {MOST}")
        for wanted, without in alternatives:
            if not wanted:
                raise _nothing(bool(without), len(alternatives) > 1)
        return cls(tuple(Alternative(tuple(wanted), tuple(without)) for wanted, without in alternatives))

    @property
    def wanted(self) -> Iterator[Term]:
        """Every term that makes a text be found."""
        for one in self.alternatives:
            yield from one.wanted

    def for_fts5(self) -> str:
        """The question in the language of SQLite's FTS5: every token between quotes."""

        def term(one: Term) -> str:
            return f'"{" ".join(one.tokens)}"' + (" *" if one.begins else "")

        return " OR ".join(
            f"(({' AND '.join(map(term, one.wanted))})"
            + "".join(f" NOT {term(no)}" for no in one.without)
            + ")"
            for one in self.alternatives
        )

    def for_tsquery(self) -> str:
        """The question as PostgreSQL's tsquery: every token between quotes."""

        def term(one: Term) -> str:
            quoted = [f"'{token}'" for token in one.tokens]
            return f"({' <-> '.join(quoted)}{':*' if one.begins else ''})"

        return " | ".join(
            f"({' & '.join(map(term, one.wanted))}" + "".join(f" & !{term(no)}" for no in one.without) + ")"
            for one in self.alternatives
        )

    def marks(self, found: Sequence[Token]) -> tuple[tuple[int, int], ...]:
        """Where the terms stand in a text of these tokens: [start, end) in order, overlapping ones as one."""
        spans = sorted(
            (found[at].start, found[at + len(term.tokens) - 1].end)
            for term in set(self.wanted)
            for at in range(len(found))
            if term.matches(found, at)
        )
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)


def _term(piece: re.Match[str]) -> Term | None:
    """What a word or a phrase asks for; None where it holds no letter and no digit."""
    if piece["phrase"] is not None and not piece["closed"]:
        raise LedgerError('the question opens a quotation mark " and never closes it', remedy="close it")
    told = piece["phrase"] if piece["phrase"] is not None else piece["word"]
    begins = bool(piece["begin"]) or (piece["word"] is not None and told.endswith("*"))
    parts = [*segments(told)]
    if not parts:
        return None
    wanted: list[str] = []
    for part in parts:
        if not part.unspaced:
            wanted.append(part.text)
            continue
        wanted += [pair.text for pair in part.pairs()]
        if part is not parts[-1]:  # something follows: the run ends here
            wanted.append(part.last().text)
        elif len(part.text) == 1:  # a pair that begins so, or the last of a run
            wanted.append(part.text)
            begins = True
        else:
            begins = False  # whatever follows, the pairs are there
    return Term(tuple(wanted), begins)


def _nothing(excludes: bool, alternatives: bool) -> LedgerError:
    if excludes:
        return LedgerError("the question only says what to leave out", remedy="add a word to look for")
    if alternatives:
        return LedgerError("there is nothing on one side of OR", remedy="put words on both sides of it")
    return LedgerError("the question holds no word", remedy='ask for words, a "phrase" or begin*')
