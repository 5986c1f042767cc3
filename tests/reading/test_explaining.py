"""What an explanation shows of a sentence: what fired, why, and what was lacking."""

from satrap.reading import RuleReader
from satrap.reading.explaining import SentenceExplanation, explain
from satrap.reports import Report

TEXT = (
    "Police chief falls\n\n"
    "The police chief of Hyesan was reportedly dismissed in May 2019, an inside source in Ryanggang Province "
    "said. Officials should be arrested. Was anyone beaten by police? The agents used clubs."
)


def explained(reader: RuleReader, text: str = TEXT) -> list[SentenceExplanation]:
    return explain(Report(text=text, publisher="Daily Bulletin"), reader)


def test_every_sentence_is_explained_in_order_those_without_claims_too(reader: RuleReader) -> None:
    found = explained(reader)
    assert [one.prose for one in found] == [False, True, True, True, True]
    assert all(TEXT[one.start : one.end] == one.text for one in found)
    assert "holds no claims" in str(found[0])


def test_a_rule_that_fired_shows_its_word_its_slots_what_it_required_and_its_claim(
    reader: RuleReader,
) -> None:
    dismissal = explained(reader)[1]
    [trial] = [one for one in dismissal.fired if one.claims]
    [claim] = trial.claims
    assert (trial.rule, trial.trigger, claim.kind) == ("dismissal.verb", "dismissed", "dismissal")
    assert trial.slots["obj"] == ("police chief",) or "chief" in trial.slots["obj"][0]
    assert trial.conditions
    assert all(one.holds for one in trial.conditions)
    said = str(dismissal)
    assert "probable (“reportedly”)" in said
    assert "when: 2019-05" in said
    assert "publisher Daily Bulletin → inside source in KP-10" in said


def test_explanations_hold_the_claims_that_reading_makes_and_no_others(reader: RuleReader) -> None:
    report = Report(text=TEXT, publisher="Daily Bulletin")
    shown = {claim.id for one in explain(report, reader) for trial in one.fired for claim in trial.claims}
    shown |= {claim.id for one in explain(report, reader) for claim in one.unruled}
    assert shown == {claim.id for claim in reader.read(report)}


def test_a_near_miss_names_the_one_condition_that_failed(reader: RuleReader) -> None:
    clubs = explained(reader)[4]
    [near] = [one for one in clubs.near if one.rule == "violence.force-used"]
    [lacking] = near.failed
    assert "residents" in lacking.wanted
    assert lacking.found == ()
    assert "came near on “used”: lacks" in str(clubs)


def test_a_rule_that_fired_without_a_claim_says_why(reader: RuleReader) -> None:
    _, _, norm, question, _ = explained(reader)
    assert "no claim: a norm" in str(norm)
    assert "no claim: a question asserts nothing" in str(question)


def test_nothing_of_the_text_is_markup_in_a_notebook(reader: RuleReader) -> None:
    [one] = explained(reader, "Police beat <b>traders</b> in the square.")
    assert "<b>" not in one._repr_html_()
