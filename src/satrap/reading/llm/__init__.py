"""A language model as a second reader, off by default: it may add claims that stand word for word in a text.

What it says is never trusted: a claim enters only where its quote is found at an offset of the report and
every field is one that the codebook knows. See :mod:`satrap.reading.llm.accept`.
"""

from satrap.reading.llm.cache import Cache
from satrap.reading.llm.endpoint import Endpoint, Model
from satrap.reading.llm.reader import LlmReader, Review
from satrap.reading.llm.settings import LlmSettings

__all__ = ["Cache", "Endpoint", "LlmReader", "LlmSettings", "Model", "Review"]
