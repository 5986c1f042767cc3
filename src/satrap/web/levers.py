"""A scenario with its levers moved: measures left out or made stronger, powers handed to somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate import Scenario, bundled, load_scenario
from satrap.simulate.events import Event, Inspection, Order, Transfer
from satrap.web.view import View

STRENGTHS = ("0.5", "1", "2")
PAYS = ("0.5", "1", "1.5", "2")


@dataclass(frozen=True)
class Levers:
    """``off`` are ids of events left out, ``to`` who is handed the powers (empty: as in the scenario); the
    others multiply: orders' ``strength``, the ``pay`` of the weakened institution, the length of inspections,
    ``oversight``."""

    off: frozenset[str] = frozenset()
    to: str = ""
    strength: float = 1.0
    pay: float = 1.0
    oversight: float = 1.0

    @classmethod
    def of(cls, view: View, scenario: Scenario) -> "Levers":
        """As an address has them: the events that stay are named by ``keep`` once the form was ``sent``.

        Raises ScenarioError and UnknownNameError for what the scenario does not have.
        """
        known = [one.id for one in scenario.events]
        stay = set(view.all("keep")) if view.get("sent") else set(known)
        to = view.get("to")
        heirs = [one.id for one in scenario.institutions]
        if to and to not in heirs:
            raise UnknownNameError("institution of the scenario", to, heirs)
        return cls(
            frozenset(known) - stay,
            to,
            _factor(view, "strength", STRENGTHS),
            _factor(view, "pay", PAYS),
            _factor(view, "oversight", STRENGTHS),
        )

    @property
    def moved(self) -> bool:
        """Whether any is not where the scenario has it."""
        return self != Levers()

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with the levers so."""
        events = tuple(self._event(one) for one in scenario.events if one.id not in self.off)
        weakened = scenario.question.weakened
        institutions = tuple(
            one.model_copy(update={"pay": one.pay * self.pay}) if one.id == weakened else one
            for one in scenario.institutions
        )
        return scenario.model_copy(
            update={
                "id": f"{scenario.id}/levers",
                "title": "with the levers moved",
                "events": events,
                "institutions": institutions,
            }
        )

    def _event(self, event: Event) -> Event:
        match event:
            case Order():
                return event.model_copy(update={"strength": min(event.strength * self.strength, 10.0)})
            case Inspection():
                return event.model_copy(update={"weeks": max(1, round(event.weeks * self.oversight))})
            case Transfer() if self.to and self.to not in event.from_:
                return event.model_copy(update={"to": self.to})
        return event


def _factor(view: View, name: str, allowed: Sequence[str]) -> float:
    text = view.get(name) or "1"
    if text not in allowed:
        raise ScenarioError(
            f"{name}={text[:20]!r} is none of {', '.join(allowed)}", remedy="choose from the list"
        )
    return float(text)


@lru_cache(maxsize=8)
def scenarios_of(country: str) -> dict[str, Scenario]:
    """The bundled scenarios of a country, by name, each with a course of its own."""
    found = {}
    for name in bundled():
        try:
            loaded = load_scenario(name)
        except ScenarioError:  # a file of many scenarios is none
            continue
        if loaded.country == country:
            found[name] = loaded
    return found
