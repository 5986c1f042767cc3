"""The rule reader with a model beside it: what enters, what does not, and on whose account."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reading.llm.stub import Stub, arrest

from satrap.errors import ReadingError
from satrap.reading import RuleReader
from satrap.reading.llm import Cache, LlmReader, prompt
from satrap.reports import Report

Make = Callable[..., LlmReader]

TEXT = (
    "The detention rooms of the Ministry of State Security in Hyesan are empty these days. "
    "Riot police beat demonstrators in the square. Rain fell on Friday."
)
EMPTY = {
    "sentence": 1,
    "quote": "detention rooms of the Ministry of State Security in Hyesan are empty",
    "kind": "detention",
    "roles": {"by": ["Ministry of State Security"]},
    "direction": "down",
    "certainty": "stated",
    "horizon": "present",
    "said_by": [],
}


def report(text: str = TEXT) -> Report:
    return Report(text=text, publisher="Daily Bulletin")


def test_a_claim_that_stands_verbatim_is_added_on_the_model_s_account(stub: Stub, with_model: Make) -> None:
    stub.claims = [EMPTY]
    review = with_model().review(report())
    [added] = review.added
    assert added.quote.holds_in(TEXT)
    assert added.roles["by"][0].id == "MSS", "the pack gives the id, not the model"
    assert (added.reading.reader, added.reading.version) == ("llm", f"stub-1+prompt-{prompt.version()}")
    assert added in review.claims


def test_what_the_rules_read_stands_beside_it_in_text_order(
    stub: Stub, with_model: Make, reader: RuleReader
) -> None:
    stub.claims = [EMPTY]
    claims = with_model().read(report())
    assert set(map(str, reader.read(report()))) < set(map(str, claims))
    assert [one.quote.start for one in claims] == sorted(one.quote.start for one in claims)


def test_a_claim_the_rules_made_is_not_made_again(stub: Stub, with_model: Make) -> None:
    stub.claims = [
        {
            "quote": "police beat demonstrators",
            "kind": "violence",
            "roles": {"on": ["demonstrators"]},
            "horizon": "past",
        }
    ]
    assert with_model().review(report()).added == []


def test_only_unsure_claims_are_put_to_the_model_and_it_may_drop_them(
    stub: Stub, with_model: Make, reader: RuleReader
) -> None:
    [violence] = [one for one in reader.read(report()) if one.kind == "violence"]
    stub.verdicts = [{"candidate": 1, "holds": False}]
    assert violence in with_model(settle_below=violence.reading.score).review(report()).claims
    assert with_model(settle_below=violence.reading.score + 0.01).review(report()).dropped == [violence]


def test_a_claim_it_confirms_says_so(stub: Stub, with_model: Make, reader: RuleReader) -> None:
    stub.verdicts = [{"candidate": 1, "holds": True}, {"candidate": 99, "holds": False}, {"candidate": "x"}]
    [confirmed] = with_model(settle_below=1).review(report()).confirmed
    assert confirmed.id in {claim.id for claim in reader.read(report())}
    assert confirmed.reading.rules[-1].startswith("llm.confirmed stub-1")


def test_the_reader_s_version_names_rules_model_and_prompt(with_model: Make, reader: RuleReader) -> None:
    read_with = with_model()
    assert read_with.name == "rules+llm"
    assert read_with.version == f"{reader.version}+stub-1+prompt-{prompt.version()}"


def test_an_answer_is_asked_for_once(stub: Stub, with_model: Make, tmp_path: Path) -> None:
    stub.claims = [EMPTY]
    first = with_model(Cache(tmp_path / "answers")).read(report())
    stub.claims = []
    assert with_model(Cache(tmp_path / "answers")).read(report()) == first
    assert len(stub.requests) == 1
    with_model(Cache(tmp_path / "answers")).read(report(TEXT + " Snow fell on Saturday."))
    assert len(stub.requests) == 2


def test_an_answer_that_is_no_json_is_an_error_and_is_not_kept(
    stub: Stub, with_model: Make, tmp_path: Path
) -> None:
    stub.raw = "I cannot help with that."
    with pytest.raises(ReadingError, match="no JSON object"):
        with_model(Cache(tmp_path / "answers")).read(report())
    assert not list(tmp_path.rglob("*.txt"))


def test_json_in_a_code_fence_is_read(stub: Stub, with_model: Make) -> None:
    stub.raw = 'Here it is:\n```json\n{"claims": [], "verdicts": null}\n```'
    assert with_model().review(report()).added == []


def test_a_long_report_is_asked_about_in_stretches(stub: Stub, with_model: Make) -> None:
    text = "Rain fell on Hyesan.\n\n" * 130 + TEXT
    stub.claims = [arrest("no such words here", "Nobody"), {**EMPTY, "sentence": 0}]
    review = with_model().review(report(text))
    assert len(stub.requests) == 3
    assert [one.quote.exact for one in review.added] == [EMPTY["quote"]]
