"""The grammar of ranks and posts: "Maj.-Gen.", "Director, Legal Services", "Military Secretary (Army)"."""

from satrap.reading.postings.grammar import Grammar
from satrap.reading.postings.mention import Kind, Mention
from satrap.reading.postings.people import name_end
from satrap.reading.postings.units import unit_at
from satrap.reading.postings.words import Word

_OPEN = frozenset({"m", "d"})  # letters of verbs that look like posts: "now heads the force"


def rank_at(words: list[Word], place: int, grammar: Grammar) -> Mention | None:
    """The rank that begins at ``place``; a bare acronym or common word only where it is used as one."""
    word = words[place]
    before = words[place - 1].lower if place else ""
    found = grammar.ranks.at(words, place)
    if found is None:
        named = before == "the" or name_end(words, place + 1, grammar) > place + 1
        return Mention(Kind.RANK, place, place + 1) if word.text in grammar.names.acronyms and named else None
    last, plural = found
    if not word.is_capital and last == place + 1 and before not in {"a", "an"}:
        return None  # "major", "general" and "private" are common words
    return Mention(Kind.RANK, place, last, plural)


def post_at(words: list[Word], place: int, grammar: Grammar, known: set[str]) -> Mention | None:
    """The post whose head begins at ``place``, with its field."""
    posts = grammar.posts
    if grammar.letters.get(words[place].lower) in _OPEN:
        return None
    acronym = posts.acronyms.get(words[place].text)
    if acronym:
        return Mention(Kind(acronym), place, place + 1)
    found = [
        Mention(Kind(kind), place, head[0])
        for kind, phrases in grammar.heads.items()
        if (head := phrases.at(words, place)) and not head[1]  # "the commanders" are nobody's post
    ]
    head = grammar.fielded.at(words, place)
    if head:
        end = head[0] - (words[head[0] - 1].lower == "of")
        last = _field_end(words, head[0], grammar, known)
        if last:
            found.append(Mention(Kind.TITLE, place, last))
        elif words[end - 1].lower in posts.bare:
            found.append(Mention(Kind.ROLE if words[place].lower == "head" else Kind.TITLE, place, end))
    return max(found, key=lambda one: one.last, default=None)


def branch_end(words: list[Word], last: int, grammar: Grammar) -> int:
    """ "Military Secretary (Army)": the service in brackets belongs to the post."""
    bracketed = last + 2 < len(words) and words[last].text == "(" and words[last + 2].text == ")"
    return last + 3 if bracketed and words[last + 1].lower in grammar.units.services else last


def _field_end(words: list[Word], place: int, grammar: Grammar, known: set[str]) -> int | None:
    """Where the field of a post ends: the capitalised words after "Chief of" or "Director,".

    Without "of" there must be a word for a field, lest "Director, John Smith" be one; with it, a unit is
    none: "head of the Special Branch" is posted there.
    """
    fields = grammar.posts.fields
    of = words[place - 1].lower == "of"
    start = place
    if not of and start < len(words) and words[start].text in {",", "-", "–"}:
        start += 1
    if start < len(words) and words[start].lower == "the":
        start += 1
    at, last, said = start, None, False
    while at < len(words) and words[at - 1].lower != "staff":
        word = words[at]
        if word.lower in {"and", "of", "for"} or word.text in {"-", "&"}:
            at += 1
            continue
        if not (word.is_capital or word.lower in fields) or _starts(words, at, grammar):
            break
        if last and unit_at(words, at, grammar.units, known):
            break
        said = said or word.lower in fields
        at += 1
        last = at
    if last is None or not (of or said):
        return None
    of_field = said and words[last - 1].lower in fields
    if of and not of_field and unit_at(words, start, grammar.units, known) is not None:
        return None
    return branch_end(words, last, grammar)


def _starts(words: list[Word], place: int, grammar: Grammar) -> bool:
    """Whether a rank or another post begins here."""
    return any(one.at(words, place) for one in (grammar.ranks, *grammar.heads.values()))
