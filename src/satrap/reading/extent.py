"""The words a claim quotes: the clause of its predicate, without what other claims or asides take up."""

from satrap.claims import family
from satrap.reading.frames import Draft
from satrap.reading.layout import Sentence


def extent(draft: Draft, sentence: Sentence) -> tuple[int, int]:
    """Offsets of the quote in the report, within the sentence."""
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
    start = max(sentence.start, min(one.start for one in words))
    end = min(sentence.end, max(one.end for one in words))
    return start, end
