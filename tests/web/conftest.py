"""One small project with an estimate, looked at by every test."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.publish.builders import Told, sample
from tests.web.hostile import hostile

import satrap
from satrap.ledger import Recording
from satrap.project import Project
from satrap.web.app import create_app
from satrap.web.desk import Desk
from satrap.web.held import Held

START, END = date(2016, 5, 1), date(2017, 8, 31)
HERE = "http://127.0.0.1"


def recorded(folder: Path, told: Iterable[Told]) -> Project:
    """A new project with these claims."""
    made = satrap.init(folder, country="kp")
    made.ledger.record_many(Recording(report, (one.claim,), "rules", "1") for one, report in told)
    return made


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Invented reports, some of them hostile."""
    return recorded(tmp_path_factory.mktemp("web") / "kp", [*sample(), *hostile()])


@pytest.fixture(scope="session")
def desk(project: Project) -> Iterator[Desk]:
    made = Desk(project, START, END, author="tester")
    made.wait()
    yield made
    made.jobs.close()


@pytest.fixture(scope="session")
def held(desk: Desk) -> Held:
    return desk.wait()


@pytest.fixture(scope="session")
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), base_url=HERE)
