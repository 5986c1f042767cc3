"""A stub model for each test, and a reader of rules and that model."""

from collections.abc import Callable, Iterator

import pytest
from tests.reading.llm.stub import Stub, serve

from satrap.country import Pack
from satrap.reading import RuleReader
from satrap.reading.llm import Cache, Endpoint, LlmReader

Make = Callable[..., LlmReader]


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serve(Stub()) as served:
        yield served


@pytest.fixture
def with_model(stub: Stub, reader: RuleReader, pack: Pack) -> Make:
    def make(answers: Cache | None = None, settle_below: float = 0.6, key: str | None = None) -> LlmReader:
        endpoint = Endpoint(stub.url, "stub-1", key=key, retries=1, backoff=0)
        return LlmReader(reader, endpoint, pack, answers=answers, settle_below=settle_below)

    return make
