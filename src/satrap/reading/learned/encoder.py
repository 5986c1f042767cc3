"""The encoder: sentences in, a vector for each word in its context out.

Six layers of a small transformer in two halves, each an ONNX graph of eight-bit weights. The lower half's
vectors are of use by themselves; the upper half takes them further at twice the cost.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from satrap.reading.learned.shown import Pieces

LONGEST = 160  # pieces of a sentence; what stands beyond is not seen
_TOGETHER = 640  # pieces encoded at once, padding included: more gain no speed

Floats = npt.NDArray[np.float32]


class Encoder:
    """Runs on one thread, so that a process takes one core; not for use by two threads at once."""

    def __init__(self, lower: bytes, upper: bytes, pieces: Pieces) -> None:
        self._halves = _session(lower), _session(upper)
        self._pieces = pieces

    def encode(self, sentences: Sequence[Sequence[str]], *, deep: bool) -> list[Floats]:
        """Of each sentence the vectors of its words, shape (words, width): of the lower half or, ``deep``,
        of both. What is read does not hang on which sentences are encoded together, but for rounding."""
        shown = [self._pieces.sentence(words) for words in sentences]
        found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(shown)
        for rows in _batches([min(len(ids), LONGEST) for ids, _ in shown]):
            width = max(min(len(shown[row][0]), LONGEST) for row in rows)
            ids = np.zeros((len(rows), width), np.int64)
            mask = np.zeros((len(rows), width), np.int64)
            for at, row in enumerate(rows):
                own = shown[row][0][:LONGEST]
                ids[at, : len(own)], mask[at, : len(own)] = own, 1
            [states] = self._halves[0].run(None, {"ids": ids, "mask": mask})
            if deep:
                [states] = self._halves[1].run(None, {"states": states, "mask": mask})
            for at, row in enumerate(rows):
                found[row] = states[at, np.minimum(np.array(shown[row][1], np.intp), width - 1)]
        return found


def _session(graph: bytes) -> Any:
    import onnxruntime  # who reads by rules alone does not wait for it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Sentences of like length together."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda one: lengths[one]):
        if batch and lengths[row] * (len(batch) + 1) > _TOGETHER:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
