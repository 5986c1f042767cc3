"""What takes a while, hypotheses and futures: the page waits, says how far it is, and comes."""

import time
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape
from starlette.testclient import TestClient
from tests.publish.builders import sample
from tests.web.conftest import HERE, recorded

from satrap.simulate import load_scenario
from satrap.web.app import create_app
from satrap.web.desk import Desk
from satrap.web.levers import Levers
from satrap.web.view import View

KP_2017 = load_scenario("kp-2017")


def settled(client: TestClient, path: str) -> str:
    """The page once it is made; until then it is 202 with how far it is."""
    path, _, query = path.partition("?")
    deadline = time.monotonic() + 120
    while (answer := client.get(f"{path}?{query}")).status_code == 202:
        told = client.get(f"{path}/progress.json?{query}").json()
        assert "failed" not in told
        assert time.monotonic() < deadline, told
        time.sleep(0.1)
    assert answer.status_code == 200, answer.text[-1500:]
    assert client.get(f"{path}/progress.json?{query}").json()["href"].startswith(path)
    return str(answer.text)


def test_a_scenario_is_run_beside_itself_with_levers_moved(client: TestClient) -> None:
    path = "/scenario?sent=1&runs=4&keep=dismissal-2017&pay=2"
    text = settled(client, path)
    assert "with the levers moved" in text
    assert "Displacement ratio" in text
    assert "judgement alone" in text
    rows = client.get(path.replace("/scenario?", "/scenario/takings.json?")).json()["rows"]
    assert {row["run"] for row in rows} == {KP_2017.title, "with the levers moved"}
    assert all(row["low_95"] <= row["median"] <= row["high_95"] for row in rows)


def test_two_scenarios_are_set_side_by_side(client: TestClient) -> None:
    kept = "".join(f"&keep={one.id}" for one in KP_2017.events)
    text = settled(client, f"/scenario?sent=1&runs=4&s=kp-2017&against=kp-2017-no-order{kept}")
    assert f"Displacement ratio, {escape(load_scenario('kp-2017-no-order').title)}" in text


def test_hypotheses_are_weighed_story_by_story(tmp_path: Path) -> None:
    few = Desk(recorded(tmp_path / "kp", sample()[:3]), date(2016, 10, 1), date(2017, 8, 31))
    few.wait()
    client = TestClient(create_app(few), base_url=HERE)
    query = "h=fell:+MSS+down%0D%0Arose:+MSS+up&since=2016-11-01&as_of=2017-06-15"
    text = settled(client, f"/hypotheses?{query}&stories=1")
    assert "How they stand" in text
    rows = client.get(f"/hypotheses/matrix.json?{query}&stories=1").json()["rows"]
    assert {row["hypothesis"] for row in rows} == {"fell", "rose"}
    assert "#quote" in text


@pytest.mark.parametrize(
    ("path", "says"),
    [("/hypotheses?h=nonsense", "cannot be read"), ("/hypotheses?h=MSS+fell+on+never", "cannot be read")],
)
def test_a_hypothesis_that_cannot_be_read_is_said_on_its_page(
    client: TestClient, path: str, says: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert says in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/scenario?s=nowhere", 404),
        ("/scenario?to=XX", 404),
        ("/scenario?pay=9", 400),
        ("/scenario?runs=0", 400),
    ],
)
def test_levers_that_do_not_exist_are_said(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_levers_where_they_are_change_nothing() -> None:
    levers = Levers.of(View(), KP_2017)
    assert not levers.moved
    assert levers.applied(KP_2017).events == KP_2017.events
    assert levers.applied(KP_2017).institutions == KP_2017.institutions


def test_levers_do_what_they_say() -> None:
    sent = View(filters=(("sent", "1"), ("keep", "order-2017"), ("keep", "transfer-2017"), ("to", "MPS"),
                         ("strength", "2"), ("pay", "1.5")))  # fmt: skip
    moved = Levers.of(sent, KP_2017).applied(KP_2017)
    order, transfer = moved.events
    assert (order.kind, order.strength) == ("order", 2.0)  # type: ignore[union-attr]
    assert (transfer.kind, transfer.to) == ("transfer", "MPS")  # type: ignore[union-attr]
    assert moved.institutions[0].pay == pytest.approx(1.5 * KP_2017.institutions[0].pay)
