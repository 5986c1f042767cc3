"""Forecasts in a project: sealed before, settled after, scored."""

import json
from datetime import UTC, date, datetime
from importlib.resources import as_file
from pathlib import Path
from shutil import copytree

import pytest

import satrap
from satrap import forecasts
from satrap.country import load_pack
from satrap.country.chronology import chronology
from satrap.errors import ForecastError
from satrap.forecast import YES, Cut, Forecast, Question, Reason, State, parse, said
from satrap.forecast.registered import sealed
from satrap.ledger import EntryKind
from satrap.project import Project

DAY = date(2016, 12, 1)


class Even:
    """Says fifty-fifty, and on what it was asked: the claims that it saw."""

    name, version = "even", "1"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        if question.options[0] != YES:
            return None
        return said(self, question, (0.5, 0.5), Reason("all", tuple(one.id for one in cut.claims)))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    with as_file(chronology(load_pack("kp"))) as path:
        rows = path.read_text(encoding="utf-8").splitlines()
    wanted = [row for row in rows if "2016-10" <= json.loads(row)["published"] < "2017-03"]
    (folder / "reports.jsonl").write_text("\n".join(wanted), encoding="utf-8")
    satrap.init(folder / "kp", country="kp").read([folder / "reports.jsonl"])
    return folder / "kp"


@pytest.fixture
def project(read: Path, tmp_path: Path) -> Project:
    return satrap.open(copytree(read, tmp_path / "kp"))


def asked(project: Project, text: str = "inspection of MSS by 2017-06-30") -> Question:
    return parse(text, project.pack, DAY)


def test_from_sealing_to_the_score(project: Project) -> None:
    question = asked(project)
    [one] = forecasts.register(project, question, [Even()], day=DAY)
    assert one.said.text == question.text
    assert project.ledger.contains(one.said.root)

    [entry] = project.ledger.entries(kind=EntryKind.FORECAST_REGISTERED)
    assert sealed(entry) == one
    assert one.said.claims == project.cut(DAY, known_at=datetime.fromisoformat(one.said.known_at)).digest

    [(settled, outcome)] = forecasts.settle(project)
    assert (settled, outcome.answer) == (question, "yes")
    assert forecasts.settle(project) == [], "an answer stays"
    assert forecasts.score(project, hindsight=True)["brier"].to_list() == [0.25]
    assert forecasts.check(project) == []


def test_the_forecaster_saw_only_what_had_appeared(project: Project) -> None:
    [one] = forecasts.register(project, asked(project), [Even()], day=DAY)
    published = {claim.id: claim.published for claim in project.claims()}
    seen = [published[claim] for claim in one.said.forecast.reasons[0].claims]
    assert seen
    assert all(day is not None and day <= DAY for day in seen)


def test_what_was_registered_after_the_fact_is_no_test_of_foresight(project: Project) -> None:
    forecasts.register(project, asked(project), [Even()], day=DAY)
    forecasts.settle(project)
    assert forecasts.score(project).is_empty()


def test_of_several_forecasts_of_one_question_the_last_counts(project: Project) -> None:
    for _ in range(2):
        forecasts.register(project, asked(project), [Even()], day=DAY)
    [one] = forecasts.asked(project)
    assert len(one.forecasts) == 2
    assert one.latest["even"] == one.forecasts[1]


def test_a_question_that_has_closed_is_not_forecast(project: Project) -> None:
    with pytest.raises(ForecastError, match="closed on 2017-06-30"):
        forecasts.register(project, asked(project), [Even()])


def test_a_question_that_nobody_answers(project: Project) -> None:
    gain = asked(project, "most authority gained from 2016-12-01 to 2017-06-01 among MSS, MPS")
    with pytest.raises(ForecastError, match="no forecaster answers"):
        forecasts.register(project, gain, [Even()], day=DAY)


def test_a_person_settles_with_a_reason_and_stands(project: Project) -> None:
    question = asked(project)
    forecasts.register(project, question, [Even()], day=DAY)
    with pytest.raises(ForecastError, match="needs its reason"):
        forecasts.settle_by_hand(project, question.id[:8], "no", " ")
    with pytest.raises(ForecastError, match="no answer"):
        forecasts.settle_by_hand(project, question.id[:8], "perhaps", "why not")
    with pytest.raises(ForecastError, match="no registered question"):
        forecasts.settle_by_hand(project, "zzzz", "no", "a reason")
    forecasts.settle_by_hand(project, question.id[:8], None, "the ministry was renamed")
    assert forecasts.settle(project) == []
    [one] = forecasts.asked(project)
    assert one.settled is not None
    assert one.settled.outcome.state is State.UNRESOLVABLE


def test_a_forecast_from_a_record_that_never_was_is_found_out(project: Project) -> None:
    [one] = forecasts.register(project, asked(project), [Even()], day=DAY)
    [entry] = project.ledger.entries(kind=EntryKind.FORECAST_REGISTERED)
    body = json.loads(entry.body)
    project.ledger.register(EntryKind.FORECAST_REGISTERED, {**body, "root": "ab" * 32})
    later = datetime(2100, 1, 1, tzinfo=UTC).isoformat()
    project.ledger.register(EntryKind.FORECAST_REGISTERED, {**body, "known_at": later})
    assert len(forecasts.check(project)) == 2
    assert one.seq == entry.seq
