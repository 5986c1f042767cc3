"""The network that is fitted: six layers of all-MiniLM-L6-v2 with heads on the third and on the last.

Both levels are fitted together, so that the fast one costs no second encoder. Embeddings and the lowest layer
stay as they are: what few texts would do to them, the rest of the vocabulary would not follow.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from training.cases import Case, Coded
from transformers import AutoModel, AutoTokenizer

from satrap.reading.learned.arguments import PATHS, TRAITS
from satrap.reading.learned.encoder import LONGEST
from satrap.reading.learned.heads import ROLES, Heads, classes, tagged
from satrap.reading.learned.shown import Pieces

EXITS = (3, 6)  # layers after which the levels read
SHARES = (1.0, 1.0)  # of the levels in the loss
FROZEN = 1  # lowest layers that stay as they are, with the word embeddings
EPOCHS = 4
TOGETHER = 400  # pieces in a batch, padding included
RATE, HEAD_RATE, WARM_UP = 3e-4, 2e-3, 0.1
HIDDEN, DROPOUT = 128, 0.1
ROLE_SHARE = 0.5  # of the role head in the loss
INSIDE = 0.3  # weight of "none" for a predicate inside the quote of a claim that another one makes
DEPTH = 0.7  # nats that each step below the quote's head costs when the claim's predicate is looked for


class Head(nn.Module):
    """As :class:`satrap.reading.learned.heads.Heads`, to be fitted."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.kind = nn.Linear(width, len(classes()))
        self.predicate = nn.Linear(width, HIDDEN)
        self.argument = nn.Linear(width, HIDDEN, bias=False)
        self.sort = nn.Embedding(len(tagged()), HIDDEN)
        self.path = nn.Embedding(PATHS, HIDDEN)
        self.trait = nn.Linear(TRAITS, HIDDEN, bias=False)
        self.role = nn.Linear(HIDDEN, len(ROLES))
        nn.init.normal_(self.sort.weight, std=0.1)
        nn.init.normal_(self.path.weight, std=0.1)
        with torch.no_grad():
            self.kind.bias[0] = 2.0  # most words claim nothing

    def roles(
        self,
        predicate: torch.Tensor,
        argument: torch.Tensor,
        kind: torch.Tensor,
        path: torch.Tensor,
        trait: torch.Tensor,
    ) -> torch.Tensor:
        """Log odds, shape (pairs, roles)."""
        hidden = self.predicate(predicate) + self.argument(argument) + self.sort(kind)
        return self.role(torch.relu(hidden + self.path(path) + self.trait(trait)))

    def weights(self) -> Heads:
        """For numpy."""

        def turned(layer: nn.Linear) -> np.ndarray:
            return np.asarray(layer.weight.detach().numpy().T)

        def plain(values: nn.Parameter) -> np.ndarray:
            return np.asarray(values.detach().numpy())

        return Heads(
            kind=turned(self.kind),
            kind_bias=plain(self.kind.bias),
            predicate=turned(self.predicate),
            argument=turned(self.argument),
            sort=plain(self.sort.weight),
            path=plain(self.path.weight),
            trait=turned(self.trait),
            bias=plain(self.predicate.bias),
            role=turned(self.role),
            role_bias=plain(self.role.bias),
        )


class Network(nn.Module):
    """The encoder with a head for each level."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[: EXITS[-1]]
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        self.heads = nn.ModuleList([Head(self.encoder.config.hidden_size) for _ in EXITS])
        self.dropout = nn.Dropout(DROPOUT)

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> list[torch.Tensor]:
        """The vectors of all pieces at each exit."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            made = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return [self.dropout(made[layer].float()) for layer in EXITS]


def vocabulary(folder: Path) -> list[str]:
    """The encoder's word pieces in the order of their ids."""
    pieces = AutoTokenizer.from_pretrained(folder).get_vocab()
    return sorted(pieces, key=lambda one: pieces[one])


def fitted(cases: Sequence[Case], folder: Path, seed: int = 0) -> Network:
    """A network fitted to some cases; the same for the same cases and seed, on one thread."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance = random.Random(seed)
    network, pieces = Network(folder), Pieces(vocabulary(folder))
    shown = [pieces.sentence(case.words) for case in cases]
    lengths = [min(len(ids), LONGEST) for ids, _ in shown]
    slow = [one for name, one in network.named_parameters() if "encoder" in name and one.requires_grad]
    quick = [one for name, one in network.named_parameters() if "encoder" not in name]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": RATE}, {"params": quick, "lr": HEAD_RATE}], weight_decay=0.01
    )
    steps = EPOCHS * len(list(_batches(lengths, chance)))

    def pace(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, pace)
    network.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for rows in _batches(lengths, chance):
            batch = [cases[row] for row in rows]
            ids, mask, begins = _padded([shown[row] for row in rows])
            states = network.states(ids, mask)
            loss = sum(
                share * _loss(head, vectors, begins, batch, first=epoch == 0)
                for head, vectors, share in zip(network.heads, states, SHARES, strict=True)
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*slow, *quick], 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(rows)
        print(f"  epoch {epoch + 1}: loss {total / len(cases):.3f}", flush=True)
    network.eval()
    return network


def _batches(lengths: Sequence[int], chance: random.Random) -> Iterator[list[int]]:
    """Sentences of about the same length together, the batches in any order."""
    made: list[list[int]] = [[]]
    jittered = [length + 8 * chance.random() for length in lengths]
    for row in sorted(range(len(lengths)), key=lambda one: jittered[one]):
        longest = max([lengths[row], *(lengths[one] for one in made[-1])])
        if made[-1] and longest * (len(made[-1]) + 1) > TOGETHER:
            made.append([])
        made[-1].append(row)
    chance.shuffle(made)
    yield from made


def _padded(
    shown: Sequence[tuple[list[int], list[int]]],
) -> tuple[torch.Tensor, torch.Tensor, list[list[int]]]:
    width = min(max(len(ids) for ids, _ in shown), LONGEST)
    ids, mask = (torch.zeros(len(shown), width, dtype=torch.long) for _ in range(2))
    for row, (own, _) in enumerate(shown):
        kept = own[:width]
        ids[row, : len(kept)], mask[row, : len(kept)] = torch.tensor(kept), 1
    return ids, mask, [[min(at, width - 1) for at in begins] for _, begins in shown]


@dataclass
class _Pairs:
    """Predicates with each of their arguments, and which roles these fill."""

    predicate: list[int]
    argument: list[tuple[int, int]]
    kind: list[int]
    path: list[np.ndarray]
    trait: list[np.ndarray]
    wanted: list[np.ndarray]
    asked: list[np.ndarray]


def _loss(
    head: Head, states: torch.Tensor, begins: list[list[int]], batch: Sequence[Case], *, first: bool
) -> torch.Tensor:
    """Cross-entropy of kinds over the candidates, and of roles over each predicate's arguments."""
    rows = [row for row, case in enumerate(batch) for _ in case.candidates]
    columns = [begins[row][at] for row, case in enumerate(batch) for at in case.candidates]
    words = states[rows, columns]
    chances = functional.log_softmax(head.kind(words), -1)
    seen = chances.detach().numpy()
    wanted, weights, at = [], [], 0
    pairs = _Pairs([], [], [], [], [], [], [])
    for row, case in enumerate(batch):
        own = seen[at : at + len(case.candidates)]
        classes_, weight, made = targets(case, None if first else own)
        wanted.append(classes_)
        weights.append(weight)
        for coded, place in made:
            _pair(pairs, case, coded, place, at + place, row, begins[row])
        at += len(case.candidates)
    kinds_wanted = torch.tensor(np.concatenate(wanted))
    loss = -(torch.tensor(np.concatenate(weights)) * (kinds_wanted * chances).sum(1)).sum()
    if pairs.predicate:
        odds = head.roles(
            words[pairs.predicate],
            states[[row for row, _ in pairs.argument], [column for _, column in pairs.argument]],
            torch.tensor(pairs.kind),
            torch.tensor(np.array(pairs.path)),
            torch.tensor(np.array(pairs.trait)),
        )
        each = functional.binary_cross_entropy_with_logits(
            odds, torch.tensor(np.array(pairs.wanted)), reduction="none"
        )
        loss = loss + ROLE_SHARE * (each * torch.tensor(np.array(pairs.asked))).sum()
    return loss / len(batch)


def _pair(
    pairs: _Pairs, case: Case, coded: Coded, place: int, predicate: int, row: int, begins: list[int]
) -> None:
    at = case.candidates[place]
    if coded.roles is None or at not in case.standing:
        return
    path, trait = case.standing[at]
    asked = np.array([role in coded.roles for role in ROLES], np.float32)
    for number, argument in enumerate(case.arguments):
        if argument != at:
            pairs.predicate.append(predicate)
            pairs.argument.append((row, begins[argument]))
            pairs.kind.append(tagged().index(coded.label.partition(".")[0]))
            pairs.path.append(path[number])
            pairs.trait.append(trait[number])
            filled = [argument in coded.roles.get(role, ()) for role in ROLES]
            pairs.wanted.append(np.array(filled, np.float32))
            pairs.asked.append(asked)


def targets(case: Case, chances: np.ndarray | None) -> tuple[np.ndarray, np.ndarray, list[tuple[Coded, int]]]:
    """The wanted class of each candidate, its weight, and which candidate makes each coded claim.

    A claim is made by the outermost predicate of its quote or, once log ``chances`` are known, by the one
    that reads most like it. Optional claims weigh nothing: neither yes nor no.
    """
    count = len(case.candidates)
    place = {at: number for number, at in enumerate(case.candidates)}
    wanted = np.zeros((count, len(classes())), np.float32)
    weights = np.ones(count, np.float32)
    inside, spared = np.zeros(count, bool), np.zeros(count, bool)
    made = []
    for coded in case.coded:
        within = [(depth, place[at]) for at, depth in coded.within.items() if at in place]
        if not within:
            continue
        column = classes().index(coded.label)
        if chances is None:
            _, best = min(within)
        else:
            _, best = max(within, key=lambda one: max(chances[one[1], column], -7.0) - DEPTH * one[0])
        wanted[best, column] = 1
        inside[[number for _, number in within]] = True
        spared[best] |= coded.optional
        made.append((coded, best))
    claimed = wanted.any(1)
    wanted[~claimed, 0] = 1
    weights[inside & ~claimed] = INSIDE
    weights[spared] = 0
    if count:
        wanted /= wanted.sum(1, keepdims=True)
    return wanted, weights * case.weight, made
