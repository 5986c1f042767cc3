"""Review and stories on the command line: what is asked, what is recorded, what is refused."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from tests.cli.test_main import run
from tests.review.builders import REPORT, claim

from satrap.claims import Certainty, Status
from satrap.cli.reviewing import Session
from satrap.ledger import EntryKind, Ledger
from satrap.project import open as open_project
from satrap.reports import Report
from satrap.review import queue, second_opinions

UNSURE, SURE = claim(score=0.6, rules=("dismissal.passive",)), claim("Kim Won Hong", score=0.9)

Keys = Callable[[Sequence[str]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "north-korea"
    assert run("init", str(made), "--country", "kp") == 0
    Ledger.open(made / "ledger.db").record(REPORT, [SURE, UNSURE], reader="rules", version="1")
    return made


@pytest.fixture
def ledger(folder: Path) -> Ledger:
    return Ledger.open(folder / "ledger.db")


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_queue_without_a_terminal_is_json(
    folder: Path, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = listed(capsys, "review", "-C", str(folder))
    assert [one["recorded"]["id"] for one in (first, second)] == [UNSURE.id, SURE.id]
    assert first["priority"] == pytest.approx(0.6 * 0.4)
    ledger.accept(UNSURE.id)
    assert len(listed(capsys, "review", "-C", str(folder))) == 1
    assert run("review", "-C", str(folder)) == 2
    assert "no terminal" in capsys.readouterr().err


def test_decisions_in_one_line_each(folder: Path, ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("-C", str(folder), "--as", "min")
    assert run("review", "accept", UNSURE.id[:8], *at, "--note", "as printed") == 0
    assert ledger.claim(UNSURE.id).status == Status.ACCEPTED
    assert (
        run("review", "correct", UNSURE.id, *at, "--set", "certainty=doubtful", "--set", "when=2017-01") == 0
    )
    corrected = ledger.claim(UNSURE.id).claim
    assert (corrected.certainty, corrected.when and corrected.when.edtf) == (Certainty.DOUBTFUL, "2017-01")
    assert run("review", "reject", SURE.id[:8], *at, "--reason", "a title, no act") == 0
    assert run("review", "note", SURE.id[:8], "ask the desk", *at) == 0
    assert run("review", "merge", "MSS", "Kim Won Hong", *at, "--reason", "to try") == 0
    assert ledger.merges() == {"Kim Won Hong": "MSS"}
    assert run("review", "unmerge", "MSS", "Kim Won Hong", *at, "--reason", "a man is no ministry") == 0
    assert ledger.merges() == {}
    assert {entry.author for entry in ledger.entries(after=5)} == {"min"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("accept", "ffffffff"), "there is no claim ffffffff"),
        (("correct", UNSURE.id, "--set", "certainty=sure"), "certainty: "),
        (("reject", UNSURE.id, "--reason", " "), "needs its reason"),
        (("note", "nothing", "words"), "no claim, report or id"),
        (("merge", "MSS", "XYZ", "--reason", "x"), "XYZ is neither"),
        (("unmerge", "MSS", "SSD", "--reason", "x"), "not merged"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    folder: Path, ledger: Ledger, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    root = ledger.root
    assert run("review", *arguments, "-C", str(folder)) == 1
    assert said in capsys.readouterr().err
    assert ledger.root == root


def test_options_before_a_decision_are_refused_for_they_would_be_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("review", "-C", str(folder), "accept", UNSURE.id) == 2
    assert "after accept" in capsys.readouterr().err


def test_who_reviews_is_who_says_so_or_is_logged_in(
    folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "han")
    run("review", "accept", UNSURE.id, "-C", str(folder))
    settings = folder / "satrap.yaml"
    settings.write_text(settings.read_text() + "author: desk\n")
    run("review", "accept", UNSURE.id, "-C", str(folder))
    run("review", "accept", UNSURE.id, "-C", str(folder), "--as", "min")
    assert [act.author for act in ledger.acts()] == ["han", "desk", "min"]


def test_agreement_and_rules_name_nobody(
    folder: Path, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = UNSURE.clone(certainty=Certainty.DOUBTFUL)
    ledger.by("min").accept(UNSURE.id)
    ledger.by("jo").correct(UNSURE.id, doubtful)
    for who in ("min", "jo"):
        ledger.by(who).accept(SURE.id)
    found = listed(capsys, "review", "agreement", "-C", str(folder))
    certainty = next(one for one in found["fields"] if one["field"] == "certainty")
    assert (certainty["claims"], certainty["agreed"], certainty["alpha"]) == (2, 1, 0.0)
    assert found["disputes"] == [{"claim": UNSURE.id, "fields": ["certainty"]}]
    [passive, _] = listed(capsys, "review", "rules", "-C", str(folder))
    assert (passive["rule"], passive["corrected"], passive["alone"]) == (
        "dismissal.passive",
        1,
        {"certainty": 1},
    )
    for command in ("agreement", "rules"):
        assert run("review", command, "-C", str(folder)) == 0
    said = capsys.readouterr().out
    assert "min" not in said.split()
    assert "1 claims to settle" in said


# -- claim by claim --


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Answer with these keys, and with these lines where a line is asked for."""

    def pressed(answers: Sequence[str]) -> None:
        left: Iterator[str] = iter(answers)

        def key() -> str:
            answer = next(left)
            if answer == "^C":
                raise KeyboardInterrupt
            return answer

        monkeypatch.setattr(click, "getchar", key)
        monkeypatch.setattr(click, "prompt", lambda *_, **__: next(left))
        monkeypatch.setattr(click, "confirm", lambda *_, **__: next(left) == "y")

    return pressed


def go(folder: Path, who: str = "min", blind: bool = False) -> None:
    opened = open_project(folder)
    ledger = opened.ledger.by(who)
    claims = [ledger.claim(one.id) for one in (UNSURE, SURE)]
    found = second_opinions(claims, ledger.acts(), who) if blind else queue(claims)
    Session(opened, ledger, blind).go_through(found)


def test_a_claim_is_shown_in_its_context_with_three_confidences_apart(
    folder: Path, press: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    press("q")
    go(folder)
    said = " ".join(capsys.readouterr().out.split())
    for part in (
        "was probably dismissed in January 2017",
        "Daily NK → inside source in South Hwanghae",
        "text sounds probable",
        "source is inside source",
        "reader is 60% sure (dismissal.passive)",
        "0 decided",
    ):
        assert part in said


def test_keys_decide_and_an_interruption_loses_nothing(folder: Path, ledger: Ledger, press: Keys) -> None:
    press(["n", "see page 2", "x", "a", "^C"])
    with pytest.raises(KeyboardInterrupt):
        go(folder)
    assert ledger.claim(UNSURE.id).status == Status.ACCEPTED
    assert ledger.claim(SURE.id).status == Status.READ
    assert [entry.kind for entry in ledger.entries(subject=UNSURE.id)][-2:] == [
        EntryKind.NOTE_ADDED,
        EntryKind.CLAIM_ACCEPTED,
    ]


def test_a_rejection_without_a_reason_is_not_made(folder: Path, ledger: Ledger, press: Keys) -> None:
    press(["r", "", "s", "b", "r", "misread", "q"])
    go(folder)
    assert ledger.claim(UNSURE.id).status == Status.REJECTED


def test_what_is_refused_is_said_and_asked_again(
    folder: Path, press: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    press(["t", "another insider", "m", "MSS MSS", "to try", "q"])
    go(folder)
    said = " ".join(capsys.readouterr().out.split())
    assert "is a story of its own" in said
    assert "cannot be merged into itself" in said


def test_an_edited_sheet_is_asked_for_again_until_it_holds(
    folder: Path, ledger: Ledger, press: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = iter([("certainty: probable", "certainty: sure"), ("certainty: sure", "certainty: doubtful")])
    seen: list[Path] = []

    def edit(filename: str) -> None:
        path = Path(filename)
        seen.append(path)
        assert path.stat().st_mode & 0o077 == 0, "for its owner only"
        path.write_text(path.read_text().replace(*next(edits)))

    monkeypatch.setattr(click, "edit", edit)
    press(["c", "y", "q"])
    go(folder)
    assert ledger.claim(UNSURE.id).claim.certainty == Certainty.DOUBTFUL
    assert len(seen) == 2
    assert not seen[0].exists()


def test_a_blind_review_judges_what_was_read_and_shows_no_one_elses_words(
    folder: Path, ledger: Ledger, press: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.by("jo").correct(UNSURE.id, UNSURE.clone(certainty=Certainty.DOUBTFUL))
    ledger.by("jo").annotate(UNSURE.id, "a rumour, I think")
    press("a")
    go(folder, blind=True)
    assert "rumour" not in capsys.readouterr().out
    acts = ledger.acts()
    assert [(act.author, act.said and act.said.certainty) for act in acts] == [
        ("jo", Certainty.DOUBTFUL),
        ("min", Certainty.PROBABLE),
    ]
    press([])
    go(folder, blind=True)  # nothing is left
    [seen] = listed(capsys, "review", "--blind", "--as", "kim", "-C", str(folder))
    assert (seen["id"], seen["shown"]["certainty"]) == (UNSURE.id, "probable")
    assert "rumour" not in str(seen)
    assert "doubtful" not in str(seen)


# -- stories --


def test_stories_are_listed_split_and_joined(
    folder: Path, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Report(text="Kim Won Hong fell, says Daily NK.", publisher="Another Outlet", title="Fall")
    ledger.record(other, [], reader="rules", version="1")
    ledger.join_stories({other.hash: (REPORT.hash, "word of Daily NK")})
    at = ("-C", str(folder))
    [story] = listed(capsys, "stories", *at)
    assert {one["report"]: one["evidence"] for one in story["reports"]} == {
        REPORT.hash: None,
        other.hash: "word of Daily NK",
    }
    assert run("stories", "split", other.hash[:8], *at, "--as", "min", "--reason", "another insider") == 0
    [apart] = listed(capsys, "stories", *at)
    assert [(one["title"], one["evidence"], one["by_hand"]) for one in apart["reports"]] == [
        ("Fall", "another insider", True)
    ]
    assert run("stories", "split", other.hash[:8], *at, "--reason", "again") == 1
    assert run("stories", "join", other.hash[:8], REPORT.hash[:8], *at, "--reason", "the same after all") == 0
    assert ledger.stories()[other.hash] == REPORT.hash
    assert run("stories", *at) == 0
    assert "by hand: the same after all" in " ".join(capsys.readouterr().out.split())


def test_reading_more_reports_undoes_no_split_and_no_join(folder: Path, ledger: Ledger) -> None:
    words = "Seven officers of the bureau were removed after the inspection by the centre ended last month."
    texts = (words, f"{words} So it is said.", "Corn is dear.")
    one, two, corn = (Report(text=text, publisher=f"Outlet {at}") for at, text in enumerate(texts))
    opened = open_project(folder)
    opened.read_reports([one, two, corn])
    told = ledger.stories()
    assert told.get(one.hash, one.hash) == told.get(two.hash, two.hash)
    opened.ledger.split_story(two.hash, "another bureau")
    opened.ledger.join_story(corn.hash, told.get(one.hash, one.hash), "one interview")
    before = ledger.stories()
    third = Report(text=f"{words} It says so.", publisher="Outlet 3")
    assert opened.read_reports([third]).read == 1
    after = ledger.stories()
    assert {hash: after.get(hash) for hash in before} == before
    assert after.get(two.hash) != after.get(one.hash, one.hash) == after[corn.hash]
    assert after[third.hash] in (after[two.hash], after[corn.hash])
