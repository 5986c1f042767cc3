"""A fitted network as it ships: a vocabulary of frequent pieces, two graphs of eight-bit weights, heads."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from training.judging import GENEROUS
from training.network import EXITS, Network

from satrap.reading.learned.model import LEVELS, LOWER, REST, UPPER, Level
from satrap.reading.learned.shown import END, START, UNKNOWN, Pieces

FREQUENT = 16_000  # of the pieces, which stand about in order of frequency
PADDING = "[PAD]"
_OPSET = 17
_DUMMY = (2, 7)  # sentences and pieces of the input that a graph is traced with


def kept(vocabulary: Sequence[str], shown: Iterable[Sequence[str]]) -> list[int]:
    """Ids of the pieces that ship: frequent ones in Latin letters, and all that some sentences have."""
    pieces = Pieces(vocabulary)
    used = {at for words in shown for word in words for at in pieces.of(word)}
    always = {vocabulary.index(one) for one in (PADDING, UNKNOWN, START, END)}
    frequent = (
        at
        for at, piece in enumerate(vocabulary[:FREQUENT])
        if piece.isascii() and not piece.startswith("[unused")
    )
    return sorted(used | always | set(frequent))


class _Lower(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder
        self.layers = nn.ModuleList(network.encoder.encoder.layer[: EXITS[0]])

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return _through(self.layers, self.encoder.embeddings(input_ids=ids), mask)


class _Upper(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.layers = nn.ModuleList(network.encoder.encoder.layer[EXITS[0] :])

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return _through(self.layers, states, mask)


def _through(layers: nn.ModuleList, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    hidden = (1.0 - mask[:, None, None, :].float()) * -1e4
    for layer in layers:
        made = layer(states, hidden)
        states = made[0] if isinstance(made, tuple) else made
    return states


def export(network: Network, keep: Sequence[int], folder: Path) -> None:
    """Write both graphs; ids are places in ``keep``."""
    folder.mkdir(parents=True, exist_ok=True)
    words = network.encoder.embeddings.word_embeddings
    cut = nn.Embedding.from_pretrained(words.weight.detach()[list(keep)])
    network.encoder.embeddings.word_embeddings = cut
    ids = torch.ones(_DUMMY, dtype=torch.long)
    states = torch.zeros(*_DUMMY, cut.embedding_dim)
    with torch.no_grad():
        _write(_Lower(network).eval(), ids, "ids", folder / LOWER)
        _write(_Upper(network).eval(), states, "states", folder / UPPER)
    network.encoder.embeddings.word_embeddings = words


def _write(module: nn.Module, given: torch.Tensor, name: str, path: Path) -> None:
    axes = {0: "sentences", 1: "pieces"}
    with tempfile.TemporaryDirectory() as held:
        whole = Path(held) / "whole.onnx"
        torch.onnx.export(
            module,
            (given, torch.ones(_DUMMY, dtype=torch.long)),
            str(whole),
            input_names=[name, "mask"],
            output_names=["made"],
            dynamic_axes={name: axes, "mask": axes, "made": axes},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)


def finish(network: Network, pieces: Sequence[str], folder: Path) -> None:
    """Write what stands beside the graphs: the heads and the pieces. The judges let everything through."""
    arrays: dict[str, np.ndarray] = {"told": _told(pieces, dict.fromkeys(LEVELS, 0.0), "unjudged")}
    for level, head in zip(LEVELS, network.heads, strict=True):
        arrays |= head.weights().arrays(level)
        arrays[f"{level}.judge"] = np.array(GENEROUS, np.float32)
    np.savez_compressed(folder / REST, allow_pickle=False, **arrays)


def judge(made: Path, judges: Mapping[Level, tuple[np.ndarray, float]], folder: Path) -> None:
    """Move what was made to where it ships, with its judges and thresholds, named after what it holds."""
    arrays = dict(np.load(made / REST))
    pieces = json.loads(bytes(arrays["told"]))["pieces"]
    digest = hashlib.sha256()
    folder.mkdir(exist_ok=True)
    for graph in (LOWER, UPPER):
        digest.update((made / graph).read_bytes())
        shutil.copy(made / graph, folder / graph)
    for level, (weights, _) in judges.items():
        arrays[f"{level}.judge"] = weights
    for name in sorted(set(arrays) - {"told"}):
        digest.update(arrays[name].tobytes())
    thresholds = {level: least for level, (_, least) in judges.items()}
    arrays["told"] = _told(pieces, thresholds, digest.hexdigest()[:8])
    np.savez_compressed(folder / REST, allow_pickle=False, **arrays)


def _told(pieces: Sequence[str], thresholds: Mapping[Level, float], version: str) -> np.ndarray:
    told = {"pieces": list(pieces), "thresholds": dict(thresholds), "version": version}
    return np.frombuffer(json.dumps(told).encode(), np.uint8)
