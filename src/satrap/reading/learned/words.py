"""What a word is near to: its vector and its WordNet supersenses, from a table that comes with satrap.

Vectors are distilled from all-MiniLM-L6-v2 (Apache-2.0), supersenses are WordNet 3.0's; ``training/words.py``
made the table.
"""

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

TABLE = files(__package__) / "words.npz"
Vector = npt.NDArray[np.float32]


class Words:
    """Vectors of shape (dimensions,), and two supersenses each, by lemma and part ("v", "n" or "a")."""

    def __init__(self, names: list[str], vectors: npt.NDArray[np.int8], senses: npt.NDArray[np.int8]) -> None:
        self._rows = {name: row for row, name in enumerate(names)}
        self._vectors = vectors
        self._senses = senses
        self.dimensions: int = vectors.shape[1]

    @classmethod
    @cache
    def bundled(cls) -> "Words":
        with TABLE.open("rb") as file:
            table = np.load(file)
            names = bytes(table["words"]).decode().split("\n")
            return cls(names, table["vectors"], table["senses"])

    def row(self, lemma: str, part: str) -> int:
        """Where a word is in the table; -1 where it is not."""
        return self._rows.get(f"{lemma}/{part}", -1)

    def vectors(self, rows: npt.NDArray[np.intp]) -> Vector:
        """Of shape (*rows, dimensions), of unit spread; zeros for a row of -1."""
        found = self._vectors[rows].astype(np.float32) / np.float32(32)
        found[rows < 0] = 0
        return found

    def mean(self, rows: list[int]) -> Vector:
        """The mean vector of some words that are in the table."""
        total: Vector = self._vectors[rows].sum(0, dtype=np.float32)
        return total / np.float32(32 * len(rows))

    def senses(self, row: int) -> tuple[int, int]:
        """Numbers of WordNet's lexicographer files: 29 to 43 are verbs'."""
        first, second = self._senses[row]
        return int(first), int(second)
