import socket
import time
from collections.abc import Iterator

import pytest
from tests.reading.llm.stub import Stub

from satrap.errors import ReadingError
from satrap.reading.llm import Endpoint

MESSAGES = [{"role": "system", "content": "Code."}, {"role": "user", "content": '{"sentences": []}'}]


def test_an_answer_comes_after_busy_ones_with_longer_waits(stub: Stub) -> None:
    stub.statuses = [429, 503]
    waited: list[float] = []
    asked = Endpoint(stub.url, "stub-1", retries=2, backoff=0.5, wait=waited.append)
    assert '"claims": []' in asked.ask(MESSAGES)
    assert waited == [0.5, 1.0]


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([401], "refused the key"),
        ([404], "check its address and the model's name"),
        ([503, 503], "answered 503, 2 times"),
    ],
)
def test_a_refusal_says_what_to_do(stub: Stub, statuses: list[int], said: str) -> None:
    stub.statuses = list(statuses)
    with pytest.raises(ReadingError, match=said):
        Endpoint(stub.url, "stub-1", retries=1, backoff=0).ask(MESSAGES)
    assert len(stub.requests) == len(statuses)


@pytest.fixture
def silent() -> Iterator[str]:
    """An address that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"


def test_a_model_that_does_not_answer_is_given_up_on(silent: str) -> None:
    began = time.monotonic()
    with pytest.raises(ReadingError, match=r"no answer within 0\.1 s"):
        Endpoint(silent, "stub-1", timeout=0.1, retries=0).ask(MESSAGES)
    assert time.monotonic() - began < 5


def test_a_model_that_is_not_there_is_said_not_to_be() -> None:
    with pytest.raises(ReadingError, match="cannot be reached"):
        Endpoint("http://127.0.0.1:9/v1", "stub-1", retries=0).ask(MESSAGES)


@pytest.mark.parametrize(
    ("url", "said"), [("http://example.org/v1", "in the clear"), ("example.org", "no address")]
)
def test_an_address_that_would_expose_reports_is_refused(url: str, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        Endpoint(url, "stub-1")


def test_the_key_is_not_shown(stub: Stub) -> None:
    assert "k-123" not in repr(Endpoint(stub.url, "stub-1", key="k-123"))
