"""Decisions made in the browser are the ledger's; what does not hold is said and nothing is written."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.publish.builders import sample
from tests.web.conftest import HERE, recorded

import satrap
from satrap.claims import Status
from satrap.reports import Report
from satrap.review import sheet
from satrap.web.app import create_app
from satrap.web.desk import Desk

OURS = {"origin": HERE}
START, END = date(2017, 1, 1), date(2017, 8, 31)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(recorded(tmp_path / "kp", [sample()[0], *sample()[-2:]]), START, END, author="jo")


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), base_url=HERE, follow_redirects=False)


def first(desk: Desk) -> str:
    return desk.project.claims()[0].id


def test_accepting_is_recorded_under_the_reviewer_s_name(desk: Desk, client: TestClient) -> None:
    id = first(desk)
    answer = client.post(f"/review/{id}", data={"act": "accept", "words": "as printed"}, headers=OURS)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/review")
    [*_, entry] = desk.project.ledger.entries(subject=id)
    assert entry.author == "jo"
    assert b"as printed" in entry.body
    assert desk.project.ledger.claim(id).status is Status.ACCEPTED
    assert "as printed" in client.get(f"/claim/{id}").text


def test_a_rejection_needs_its_reason(desk: Desk, client: TestClient) -> None:
    id = first(desk)
    answer = client.post(f"/review/{id}", data={"act": "reject", "words": " "}, headers=OURS)
    assert answer.status_code == 422
    assert "needs its reason" in answer.text
    assert desk.project.ledger.claim(id).status is Status.READ
    client.post(f"/review/{id}", data={"act": "reject", "words": "a rumour denied"}, headers=OURS)
    assert desk.project.ledger.claim(id).status is Status.REJECTED


def test_a_correction_is_checked_key_by_key_and_what_was_typed_stays(desk: Desk, client: TestClient) -> None:
    one = desk.project.claims()[0]
    wrong = sheet(one.claim).replace("certainty: stated", "certainty: sure")
    answer = client.post(f"/review/{one.id}", data={"act": "correct", "sheet": wrong}, headers=OURS)
    assert answer.status_code == 422
    assert "certainty" in answer.text
    assert "certainty: sure" in answer.text
    right = sheet(one.claim).replace("certainty: stated", "certainty: possible").replace("\n", "\r\n")
    client.post(f"/review/{one.id}", data={"act": "correct", "sheet": right}, headers=OURS)
    assert desk.project.ledger.claim(one.id).claim.certainty == "possible"


@pytest.mark.parametrize("data", [{}, {"act": "delete"}])
def test_what_is_no_decision_decides_nothing(desk: Desk, client: TestClient, data: dict[str, str]) -> None:
    before = desk.project.ledger.root
    assert client.post(f"/review/{first(desk)}", data=data, headers=OURS).status_code == 422
    assert client.post("/review/ffffffff", data={"act": "accept"}, headers=OURS).status_code == 422
    assert client.post("/claims", headers=OURS, data={"x": "y"}).status_code == 422
    assert desk.project.ledger.root == before


def test_the_queue_leaves_out_what_was_decided_since(desk: Desk, client: TestClient) -> None:
    desk.wait()
    id = first(desk)
    assert f"/review/{id}" in client.get("/review").text
    client.post(f"/review/{id}", data={"act": "accept"}, headers=OURS)
    assert f"/review/{id}" not in client.get("/review").text


def test_who_wrote_a_report_and_what_its_file_was_called_show_nowhere(desk: Desk, client: TestClient) -> None:
    report = Report(text="Nothing happened.", publisher="A", author="Kept Secret", origin="Kept Secret.txt")
    desk.project.ledger.record(report, (), reader="rules", version="1")
    page = client.get(f"/report/{report.hash}")
    assert page.status_code == 200
    assert "Nothing happened." in page.text
    assert "Kept Secret" not in page.text


def test_an_empty_ledger_has_helpful_pages(tmp_path: Path) -> None:
    desk = Desk(satrap.init(tmp_path / "by", country="by"), START, END)
    client = TestClient(create_app(desk), base_url=HERE)
    waiting = client.get("/")
    assert (waiting.status_code, waiting.headers["refresh"]) == (202, "5")
    desk.wait()
    assert "holds no claims yet" in client.get("/").text
    for path in ("/conflicts", "/sources", "/review", "/search", "/search?q=minister", "/who", "/place/BY"):
        assert client.get(path).status_code == 200, path
    assert "this is the prior" in client.get(f"/why/{desk.project.pack.authority[0]}").text
