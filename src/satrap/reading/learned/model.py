"""The tagger's weights as they come with satrap: the encoder's two halves, and for each level its heads, its
judge and its threshold. Made by ``training/tagger.py``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

import numpy as np

from satrap.reading.learned.encoder import Encoder
from satrap.reading.learned.heads import Floats, Heads
from satrap.reading.learned.shown import Pieces

FOLDER: Traversable = files(__package__) / "weights"
LOWER, UPPER, REST = "lower.onnx", "upper.onnx", "heads.npz"

Level = Literal["fast", "thorough"]
LEVELS: tuple[Level, ...] = ("fast", "thorough")
Choice = Literal["rules", "fast", "thorough"]  # who reads: rules alone, or a level beside them


def level(choice: Choice) -> Level | None:
    """The level of the tagger that reads; None for rules alone."""
    return None if choice == "rules" else choice


@dataclass(frozen=True, slots=True)
class Reading:
    """How one level reads: what stands on the encoder's vectors, and from which score on a claim stands."""

    heads: Heads
    judge: Floats
    threshold: float


@dataclass(frozen=True, slots=True)
class Model:
    """An encoder with the readings of both levels: fast by its lower half alone, thorough by the whole."""

    encoder: Encoder
    levels: Mapping[Level, Reading]
    version: str

    @classmethod
    @cache
    def bundled(cls) -> "Model":
        return cls.load(FOLDER)

    @classmethod
    def load(cls, folder: Traversable) -> "Model":
        with (folder / REST).open("rb") as file:
            arrays = dict(np.load(file))
        told = json.loads(bytes(arrays["told"]))
        pieces = Pieces(told["pieces"])
        encoder = Encoder((folder / LOWER).read_bytes(), (folder / UPPER).read_bytes(), pieces)
        return cls(
            encoder,
            {
                level: Reading(Heads.of(arrays, level), arrays[f"{level}.judge"], told["thresholds"][level])
                for level in LEVELS
            },
            told["version"],
        )
