"""The words a claim quotes: its predicate's clause and whoever fills its roles, so that it stands alone."""

from satrap.claims import family, kinds
from satrap.reading.frames import Draft
from satrap.reading.layout import Sentence
from satrap.reading.tokens import Token

FEWEST = 5  # words; a shorter quote tells a reader nothing, so the clause around it is quoted


def extent(draft: Draft, sentence: Sentence) -> tuple[int, int]:
    """Offsets of the quote in the report, within the sentence."""
    words = _clause(draft) + _fillers(draft)
    first, last = min(one.index for one in words), max(one.index for one in words)
    if last - first + 1 < FEWEST:
        above = [one for one in draft.trigger.ancestors() if one.is_verb]
        words += above[0].subtree("advcl", "parataxis", "punct") if above else draft.trigger.subtree("punct")
        first, last = min(one.index for one in words), max(one.index for one in words)
    while last > first and _dangles(last, words):
        words = [one for one in words if one.index < last]
        last = max(one.index for one in words)
    start = max(sentence.start, min(one.start for one in words))
    end = min(sentence.end, max(one.end for one in words))
    return start, end


def _clause(draft: Draft) -> list[Token]:
    """The predicate's own clause, without what other claims or asides take up."""
    trigger = draft.trigger
    head = trigger
    if not trigger.is_verb:
        if trigger.dep in {"dobj", "nsubjpass", "acomp", "attr"} and trigger.head.is_verb:
            head = trigger.head
        elif (
            trigger.dep == "pobj"
            and trigger.head.head.is_verb
            and trigger.head.dep == "prep"
            and (draft.slots.get("subj") or draft.slots.get("theme"))
        ):
            head = trigger.head.head
    leave = ("advcl", "parataxis", "punct", "cc", "mark") if head.is_verb else ("relcl", "parataxis", "punct")
    words = [head]
    for kid in head.children:
        if (
            kid.dep in leave
            or (kid.dep == "conj" and kid.is_verb)
            or (kid.dep == "ccomp" and family(draft.kind) not in {"command", "public"})
        ):
            continue
        words += kid.subtree("parataxis")
    if head.dep == "relcl":
        words += head.head.subtree("relcl", "prep")
    words += [trigger, *(kid for kid in trigger.children if kid.dep not in {"punct", "advcl", "conj"})]
    return words


def _fillers(draft: Draft) -> list[Token]:
    """The words in this sentence that fill the roles which make the claim."""
    main = set(kinds()[draft.kind].main)
    steps = {
        path.partition(":")[0].partition(".")[0]
        for role, paths in draft.rule.roles.items()
        if role in main and draft.roles.get(role)
        for path in paths
    }
    return [
        word
        for step in steps
        for filler in draft.slots.get(step, [])
        for word in filler.subtree("relcl", "acl", "appos", "prep", "conj", "cc", "punct")
    ]


def _dangles(last: int, words: list[Token]) -> bool:
    """Whether the quote would end on a conjunction, a comma or the like."""
    ending = next(one for one in words if one.index == last)
    return ending.dep in {"cc", "mark", "punct"} or ending.tag in {"CC", "IN", "TO"}
