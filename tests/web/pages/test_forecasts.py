"""The page of forecasts: open questions with their record; and rival explanations on that of hypotheses."""

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.publish.builders import sample
from tests.web.conftest import HERE

import satrap
from satrap import forecasts, rivals
from satrap.forecast import Cut, Forecast, Question, parse, said
from satrap.forecast.rivals import Mark, load_case
from satrap.ledger import Recording
from satrap.project import Project
from satrap.web.app import create_app
from satrap.web.desk import Desk

START, END = date(2016, 5, 1), date(2017, 8, 31)


class Third:
    name, version = "a third", "1"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        return said(self, question, (1 / 3, 2 / 3))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = satrap.init(tmp_path_factory.mktemp("forecasts") / "kp", country="kp")
    made.ledger.record_many(Recording(report, (one.claim,), "rules", "1") for one, report in sample())
    for text, day in (
        ("inspection of MSS by 2017-06-30", date(2016, 12, 1)),
        ("death of WPK by 2090-01-01", None),
    ):
        question = parse(text, made.pack, day or date(2026, 1, 1))
        forecasts.register(made, question, [Third()], day=day)
    forecasts.settle_by_hand(made, forecasts.asked(made)[0].question.id, "yes", "the ministry says so")
    rivals.overrule(made, load_case("kp-2017"), "reverts", "leniency", Mark.AGAINST, "new habits")
    return made


@pytest.fixture(scope="module")
def client(project: Project) -> Iterator[TestClient]:
    desk = Desk(project, START, END, author="tester")
    desk.wait()
    yield TestClient(create_app(desk), base_url=HERE)
    desk.jobs.close()


def test_open_and_settled_questions_stand_with_forecast_seal_and_outcome(client: TestClient) -> None:
    text = client.get("/forecasts").text
    opened, settled = text.split("<h2>Settled</h2>")
    assert "death of WPK by 2090-01-01" in opened
    assert "a third: yes 33%" in opened
    assert "inspection of MSS by 2017-06-30" in settled
    assert "(in hindsight)" in settled
    assert "settled by hand" in settled


def test_what_analysts_wrote_stays_inside(client: TestClient) -> None:
    assert "the ministry says so" not in client.get("/forecasts").text
    assert "new habits" not in client.get("/hypotheses").text


def test_hindsight_makes_no_record(client: TestClient) -> None:
    assert "No forecast made before the fact is settled." in client.get("/forecasts").text


def test_as_known_before_nothing_is_there(client: TestClient) -> None:
    text = client.get("/forecasts?known_at=2017-01-01").text
    assert "No open question." in text


def test_rival_explanations_stand_with_weights_matrix_and_what_was_overruled(client: TestClient) -> None:
    text = client.get("/hypotheses").text
    assert "displaced to the police" in text
    assert "to win public support" in text
    assert "(−)" in text
