"""The encounter model in AgentPy: an agent a resident, in a list that calls them one after the other."""

import json
import random
import sys
import time
from typing import Any

import agentpy as ap


class Resident(ap.Agent):
    """Somebody who may meet an official."""

    def setup(self) -> None:
        spec = self.p.spec
        one = self.id - 1
        self.county = one // (spec["residents"] // spec["counties"])
        self.mean = spec["means"][one % 10]
        self.full = self.wealth = spec["full"] * self.mean
        self.fear, self.burden = spec["fear"], spec["burden"]

    def live(self) -> None:
        """A week: what fades fades, and an official may be met."""
        model, spec = self.model, self.p.spec
        chance = model.random
        self.fear *= spec["kept"][0]
        self.burden *= spec["kept"][1]
        self.wealth = self.full - (self.full - self.wealth) * spec["kept"][2]
        if chance.random() >= spec["meeting"]:
            return
        office = chance.choices(model.offices, cum_weights=spec["reach"])[0]
        model.met[office] += 1
        if not chance.choice(spec["takes"][self.county][office]):
            return
        paid = min(int(spec["price"][office] * self.mean + chance.random()), int(self.wealth))
        if paid > 0:
            self.wealth -= paid
            self.fear += paid * spec["menace"][office] / spec["step"]
            self.burden += paid
            model.taken_from[office] += 1
            model.taken[office] += paid


class Nation(ap.Model):
    """All residents."""

    def setup(self) -> None:
        spec = self.p.spec
        self.offices = range(len(spec["price"]))
        self.met, self.taken_from, self.taken = ([0] * len(self.offices) for _ in range(3))
        self.residents = ap.AgentList(self, spec["residents"], Resident)

    def step(self) -> None:
        """A week."""
        self.residents.shuffle().live()


def lived(spec: dict[str, Any], seed: int) -> dict[str, Any]:
    """What happened, and the seconds it took, without setting up."""
    nation = Nation({"spec": spec, "steps": spec["weeks"]})
    nation.sim_setup(steps=spec["weeks"], seed=seed)
    nation.random = random.Random(seed)
    began = time.perf_counter()
    for _ in range(spec["weeks"]):
        nation.sim_step()
    seconds = time.perf_counter() - began
    sums = [sum(getattr(nation.residents, name)) for name in ("fear", "burden", "wealth")]
    return {"seconds": seconds, "found": [*nation.met, *nation.taken_from, *nation.taken, *sums]}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    print(json.dumps([lived(asked["spec"], seed) for seed in asked["seeds"]]))
