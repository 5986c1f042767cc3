"""How a project asks for a model, in its ``satrap.yaml``. Without this part no model is asked, ever."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from satrap.country import Pack
from satrap.errors import ReadingError
from satrap.reading.llm.cache import Answers
from satrap.reading.llm.endpoint import Endpoint
from satrap.reading.llm.reader import LlmReader
from satrap.reading.reader import Reader


class LlmSettings(BaseModel):
    """The model at ``url`` is sent the text of every report that is read.

    ``key_env`` names the environment variable that holds the key, so that no key is written down; ``timeout``
    is in seconds; ``settle_below`` as in :class:`LlmReader`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    model: str
    key_env: str | None = None
    timeout: float = Field(default=120.0, gt=0)
    retries: int = Field(default=2, ge=0)
    settle_below: float = Field(default=0.6, ge=0, le=1)

    def over(self, base: Reader, pack: Pack, answers: Answers, environment: Mapping[str, str]) -> LlmReader:
        """``base`` with the model beside it; raises ReadingError where the key is not set."""
        key = environment.get(self.key_env) if self.key_env else None
        if self.key_env and not key:
            raise ReadingError(f"the key of {self.model} is not set", remedy=f"export {self.key_env}=…")
        endpoint = Endpoint(self.url, self.model, key=key, timeout=self.timeout, retries=self.retries)
        return LlmReader(base, endpoint, pack, answers=answers, settle_below=self.settle_below)
