"""The encounter model in Mesa: an agent a resident, stepped in shuffled order."""

import json
import sys
import time
from typing import Any

import mesa


class Resident(mesa.Agent):
    """Somebody who may meet an official."""

    def __init__(self, model: "Nation", county: int, mean: float, fear: float, burden: float) -> None:
        super().__init__(model)
        self.county, self.mean = county, mean
        self.full = self.wealth = model.spec["full"] * mean
        self.fear, self.burden = fear, burden

    def step(self) -> None:
        """A week: what fades fades, and an official may be met."""
        spec, chance = self.model.spec, self.model.random
        self.fear *= spec["kept"][0]
        self.burden *= spec["kept"][1]
        self.wealth = self.full - (self.full - self.wealth) * spec["kept"][2]
        if chance.random() >= spec["meeting"]:
            return
        office = chance.choices(self.model.offices, cum_weights=spec["reach"])[0]
        self.model.met[office] += 1
        if not chance.choice(self.model.takes[self.county][office]):
            return
        paid = min(int(spec["price"][office] * self.mean + chance.random()), int(self.wealth))
        if paid > 0:
            self.wealth -= paid
            self.fear += paid * spec["menace"][office] / spec["step"]
            self.burden += paid
            self.model.taken_from[office] += 1
            self.model.taken[office] += paid


class Nation(mesa.Model):
    """All residents."""

    def __init__(self, spec: dict[str, Any], seed: int) -> None:
        super().__init__(seed=seed)
        self.spec, self.takes = spec, spec["takes"]
        self.offices = range(len(spec["price"]))
        self.met, self.taken_from, self.taken = ([0] * len(self.offices) for _ in range(3))
        each = spec["residents"] // spec["counties"]
        for one in range(spec["residents"]):
            Resident(self, one // each, spec["means"][one % 10], spec["fear"], spec["burden"])

    def step(self) -> None:
        """A week."""
        self.agents.shuffle_do("step")


def lived(spec: dict[str, Any], seed: int) -> dict[str, Any]:
    """What happened, and the seconds it took, without setting up."""
    nation = Nation(spec, seed)
    began = time.perf_counter()
    for _ in range(spec["weeks"]):
        nation.step()
    seconds = time.perf_counter() - began
    sums = [sum(getattr(one, name) for one in nation.agents) for name in ("fear", "burden", "wealth")]
    return {"seconds": seconds, "found": [*nation.met, *nation.taken_from, *nation.taken, *sums]}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    print(json.dumps([lived(asked["spec"], seed) for seed in asked["seeds"]]))
