import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import apsw
import pytest
from tests.ledger.conftest import Clock, claims_of

from satrap.claims import Argument, Claim, Quote, Status, When
from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.reports import Report


def told(
    ledger: Ledger, text: str, kind: str = "authority", person: str | None = None, **fields: str
) -> Claim:
    """Record a report whose whole text is one claim."""
    about = {"publisher": "Daily NK", "published": "2017-06-15", **fields}
    published = When.parse(about.pop("published"))
    source = Report(text=text, published=published, **about)  # type: ignore[arg-type]
    roles = {"person": (Argument(person, person),)} if person else {"holder": (Argument("party", "WPK"),)}
    made = claims_of(source)[0].clone(
        quote=Quote.at(text, 0, len(text)), kind=kind, roles=roles, direction=None, places=("KP-05",)
    )
    ledger.record(source, [made], reader="rules", version="1")
    return made


def quotes(ledger: Ledger, asked: str, **by: object) -> list[str]:
    found = ledger.search(asked, **by)  # type: ignore[arg-type]
    assert found.total >= len(found.hits)
    return [hit.claim.claim.quote.exact for hit in found.hits]


SENTENCES = (
    "The minister was dismissed for abuse of power.",
    "Abuse goes on, and power with it.",
    "조직비서가 해임되었다.",
    "国家保衛相が解任された。",
)


@pytest.fixture
def four(ledger: Ledger) -> Ledger:
    for sentence in SENTENCES:
        told(ledger, sentence)
    return ledger


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("abuse", {0, 1}),
        ("ABUSE power", {0, 1}),
        ('"abuse of power"', {0}),
        ("dismiss*", {0}),
        ("abuse -minister", {1}),
        ("dismissed OR 비서", {0, 2}),
        ("비서", {2}),  # two syllables within a word
        ("조직비서", {2}),
        ("서", {2}),
        ("해임", {2}),
        ("서비", set()),
        ("保衛", {3}),
        ("party", {0, 1, 2, 3}),  # whom the claim names
        ("publisher", {0, 1, 2, 3}),
        ('"power party"', set()),  # no phrase from the quote into the names
        ("nothing", set()),
    ],
)
def test_words_are_found(four: Ledger, asked: str, found: set[int]) -> None:
    assert set(quotes(four, asked)) == {SENTENCES[at] for at in found}


def test_what_is_quoted_comes_before_what_is_named(ledger: Ledger) -> None:
    told(ledger, "It lost much of what it had.")
    told(ledger, "The party lost much of what it had.")
    assert quotes(ledger, "party")[0].startswith("The party")


def test_marks_show_where(four: Ledger) -> None:
    (hit,) = four.search("비서").hits
    assert hit.marks == ((2, 4),)
    assert hit.score > 0


def test_filters_narrow(ledger: Ledger) -> None:
    told(ledger, "one fell", kind="dismissal", person="kim", published="2017-01-01")
    told(ledger, "two fell", publisher="YTN", published="2017-02-01")
    told(ledger, "three fell", published="2017-03-01")
    assert quotes(ledger, "fell", kind="dismissal") == ["one fell"]
    assert quotes(ledger, "fell", publisher="YTN") == ["two fell"]
    assert quotes(ledger, "fell", person="kim") == ["one fell"]
    assert set(quotes(ledger, "fell", institution="WPK")) == {"two fell", "three fell"}
    assert len(quotes(ledger, "fell", place="KP", institution="WPK")) == 2
    assert quotes(ledger, "fell", place="KP-09") == []
    assert quotes(ledger, "fell", reported_since=date(2017, 3, 1)) == ["three fell"]
    assert quotes(ledger, "fell", reported_by=date(2017, 1, 31)) == ["one fell"]
    assert quotes(ledger, "fell", as_of=date(2017, 1, 31)) == ["one fell"]
    assert ledger.search("fell", limit=2).total == 3
    assert len(quotes(ledger, "fell", limit=2, offset=2)) == 1


def test_rejected_claims_show_only_when_asked_for(ledger: Ledger) -> None:
    made = told(ledger, "it fell")
    assert quotes(ledger, "fell") == ["it fell"]
    ledger.reject(made.id, "it did not")
    assert quotes(ledger, "fell") == []
    assert quotes(ledger, "fell", status=Status.REJECTED) == ["it fell"]
    ledger.accept(made.id)
    assert quotes(ledger, "fell", status=Status.ACCEPTED) == ["it fell"]


def test_a_correction_is_found_by_its_own_words_and_the_past_by_those_of_then(
    ledger: Ledger, clock: Clock
) -> None:
    made = told(ledger, "it fell, then it rose")
    then = clock()
    clock.advance(1)
    fell = Quote.at("it fell, then it rose", 0, 7)
    ledger.correct(made.id, made.clone(quote=fell))
    assert quotes(ledger, "rose") == []
    assert quotes(ledger, "fell") == ["it fell"]
    assert quotes(ledger, "rose", known_at=then) == ["it fell, then it rose"]
    assert ledger.search("fell").total == 1


def test_what_is_recorded_after_a_search_is_found_by_the_next(ledger: Ledger) -> None:
    told(ledger, "one fell")
    assert len(quotes(ledger, "fell")) == 1
    told(ledger, "two fell")
    assert len(quotes(ledger, "fell")) == 2


def test_a_claim_read_anew_with_another_certainty_is_found_once(ledger: Ledger) -> None:
    made = told(ledger, "it fell")
    source = ledger.reports()[made.report]
    ledger.record(source, [made.clone(cues=("fell",))], reader="rules", version="2")
    assert ledger.search("fell").total == 1


def test_batches_take_in_everything(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("satrap.ledger.search.BATCH", 2)
    for sentence in SENTENCES:
        told(ledger, sentence)
    steps: list[tuple[int, int]] = []
    assert ledger.search("party", progress=lambda done, of: steps.append((done, of))).total == 4
    assert len(steps) == 7
    assert steps[-1] == (13, 13)


def test_the_index_can_be_made_anew(four: Ledger) -> None:
    before = four.search("abuse")
    four.forget_search()
    assert four.search("abuse") == before


@pytest.mark.parametrize(
    "asked",
    [
        "'; DROP TABLE entry; --",
        'quote:abuse" OR',
        "NEAR(abuse power)",
        "{quote about}: abuse",
        "^abuse",
        "abuse AND",
        "'a' & !'b' | ('c' <-> 'd'):*",
        "\x00abuse",
        "%s :asked ? $1",
        "\ud55c\U0001f44d\u0301",
    ],
)
def test_hostile_questions_are_only_words(four: Ledger, asked: str) -> None:
    with contextlib.suppress(LedgerError):
        four.search(asked)
    assert four.verify().holds
    assert four.search("abuse").total == 2


def test_hostile_texts_are_only_words(ledger: Ledger) -> None:
    for text in ("'a':1A \\ 'b", '"fell" * NOT x', "x" * 5000 + " fell", "fell " * 20_000, "\x01 fell '"):
        told(ledger, text)
    assert ledger.search("fell").total == 4
    assert ledger.verify().holds


def test_verify_holds_after_another_process_took_something_in(four: Ledger, where: Path | str) -> None:
    four.search("abuse")
    assert four.verify().holds
    other = Ledger.open(where)
    told(other, "it fell")
    assert other.search("fell").total == 1
    assert four.verify().holds


def test_two_who_search_at_once_take_everything_in_once(four: Ledger, where: Path | str) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: Ledger.open(where).search("abuse").total, range(8)))
    assert found == [2] * 8
    assert four.verify().holds


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE search SET quote = 'innocent' WHERE quote LIKE '%abuse%'",
        # what SQLite's own check lets pass
        "UPDATE search_docsize SET sz = CAST(substr(sz, 1, 2) || x'07' AS BLOB)",
        "UPDATE search_config SET v = 5",
    ],
)
def test_verify_finds_an_index_that_was_tampered_with(tmp_path: Path, clock: Clock, change: str) -> None:
    ledger = Ledger.create(tmp_path / "ledger.db", clock=clock)
    for sentence in SENTENCES:
        told(ledger, sentence)
    ledger.search("abuse")
    assert ledger.verify().holds
    other = apsw.Connection(str(tmp_path / "ledger.db"))
    other.execute(change)
    assert "search index differs" in (ledger.verify().fault or "")
    ledger.forget_search()
    ledger.search("abuse")
    assert ledger.verify().holds
