"""The encounter model in mesa-frames: residents are columns of a polars frame, changed all at once."""

import json
import sys
import time
from typing import Any

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF


class Residents(AgentSetPolars):
    """Everybody who may meet an official."""

    def __init__(self, model: "Nation") -> None:
        super().__init__(model)
        spec = model.spec
        who = np.arange(spec["residents"])
        full = spec["full"] * np.array(spec["means"])[who % 10]
        self.add(
            pl.DataFrame(
                {
                    "unique_id": who,
                    "county": who // (spec["residents"] // spec["counties"]),
                    "mean": np.array(spec["means"])[who % 10],
                    "full": full,
                    "wealth": full,
                    "fear": np.full(len(who), spec["fear"]),
                    "burden": np.full(len(who), spec["burden"]),
                }
            )
        )

    def step(self) -> None:
        """A week: what fades fades, and some meet an official."""
        spec, chance, model = self.model.spec, self.model.random, self.model
        fear, burden = self["fear"] * spec["kept"][0], self["burden"] * spec["kept"][1]
        wealth = self["full"] - (self["full"] - self["wealth"]) * spec["kept"][2]
        who = np.flatnonzero(chance.random(len(self)) < spec["meeting"])
        office = np.searchsorted(spec["reach"][:-1], chance.random(len(who)), side="right")
        model.met += np.bincount(office, minlength=len(model.met))
        seat = (chance.random(len(who)) * model.held[office]).astype(np.int64)
        takes = model.takes[self["county"].gather(who).to_numpy(), office, seat]
        who, office = who[takes], office[takes]
        asked = model.price[office] * self["mean"].gather(who).to_numpy() + chance.random(len(who))
        paid = np.minimum(asked.astype(np.int64), wealth.gather(who).to_numpy().astype(np.int64))
        model.taken_from += np.bincount(office[paid > 0], minlength=len(model.met))
        model.taken += np.bincount(office, weights=paid, minlength=len(model.met)).astype(np.int64)
        wealth.scatter(who, wealth.gather(who) - paid)
        burden.scatter(who, burden.gather(who) + paid)
        fear.scatter(who, fear.gather(who) + paid * model.menace[office] / spec["step"])
        self["wealth"], self["burden"], self["fear"] = wealth, burden, fear


class Nation(ModelDF):
    """All residents."""

    def __init__(self, spec: dict[str, Any], seed: int) -> None:
        super().__init__(seed)
        self.spec = spec
        self.met, self.taken_from, self.taken = (np.zeros(len(spec["price"]), dtype=int) for _ in range(3))
        self.price, self.menace = np.array(spec["price"]), np.array(spec["menace"])
        self.held = np.array([len(one) for one in spec["takes"][0]])
        self.takes = np.zeros((spec["counties"], len(self.held), self.held.max()), dtype=bool)
        for county, offices in enumerate(spec["takes"]):
            for office, officials in enumerate(offices):
                self.takes[county, office, : len(officials)] = officials
        self.residents = Residents(self)
        self.agents += self.residents

    def step(self) -> None:
        """A week."""
        self.agents.do("step")


def lived(spec: dict[str, Any], seed: int) -> dict[str, Any]:
    """What happened, and the seconds it took, without setting up."""
    nation = Nation(spec, seed)
    began = time.perf_counter()
    for _ in range(spec["weeks"]):
        nation.step()
    seconds = time.perf_counter() - began
    people = nation.get_agents_of_type(Residents)
    sums = [people[name].sum() for name in ("fear", "burden", "wealth")]
    return {
        "seconds": seconds,
        "found": [*nation.met.tolist(), *nation.taken_from.tolist(), *nation.taken.tolist(), *sums],
    }


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    print(json.dumps([lived(asked["spec"], seed) for seed in asked["seeds"]]))
