from hypothesis import given
from hypothesis import strategies as st

from satrap.reading import RuleReader
from satrap.reading.layout import lay_out
from satrap.reading.sections import LENGTH, divide
from satrap.reports import Report

PARAGRAPHS = st.lists(
    st.sampled_from(["One was here.", "“Two were. Three went,” he said.", "Four"]), max_size=30
)


def test_a_report_of_usual_length_is_one_section() -> None:
    layout = lay_out("One. Two.\n\nThree.")
    assert [one for one, *_ in divide(layout)] == [layout]


@given(PARAGRAPHS, st.integers(1, 60))
def test_sections_hold_every_sentence_and_quotation_once_and_cut_no_paragraph(
    paragraphs: list[str], times: int
) -> None:
    text = "\n\n".join(paragraphs * times)
    layout = lay_out(text)
    sections = list(divide(layout))
    assert [s.start for part, *_ in sections for s in part.sentences] == [s.start for s in layout.sentences]
    assert [q for part, *_ in sections for q in part.quotations] == list(layout.quotations)
    for part, _, _ in sections:
        assert [s.number for s in part.sentences] == list(range(1, len(part.sentences) + 1))
    ends = [end for *_, end in sections]
    assert [start for _, start, _ in sections] == [0, *ends][: len(sections)]
    paragraph_sets = [{s.paragraph for s in part.sentences} for part, *_ in sections]
    assert sum(map(len, paragraph_sets)) == len(set().union(*paragraph_sets))


def test_claims_of_a_later_section_stand_at_their_place_in_the_report(reader: RuleReader) -> None:
    filler = "Rain fell on Hyesan.\n\n" * (LENGTH + 5)
    claim = "Riot police beat demonstrators in the square."
    report = Report(text=filler + claim, publisher="Daily Bulletin")
    [found] = reader.read(report)
    assert found.kind == "violence"
    assert found.quote.start >= len(filler)
    assert found.quote.holds_in(report.text)
