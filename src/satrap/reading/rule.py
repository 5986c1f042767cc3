"""A reading rule: which words, with which arguments, make which claim. Rules are data (``rules/*.yaml``)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap.claims import Direction, kinds
from satrap.errors import ReadingError
from satrap.reading.lexicon import RULES
from satrap.yamlfile import load

Path = str  # a slot, or slots joined by dots: "subj.of" is the "of" argument of the subject


class Example(BaseModel):
    """A sentence the rule must read; ``roles`` are texts that the role's argument names must contain."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    roles: dict[str, str] = {}
    direction: Direction | None = None


class Rule(BaseModel):
    """A predicate whose arguments satisfy ``when`` claims ``kind``.

    ``when``: for each slot path (or several joined by ``|``), classes of which the argument must have one;
    ``any``: the slot must be filled; ``none``: it must be empty; ``!class``: it must not have it. ``roles``:
    for each role, slot paths in order of preference (the first that is filled; ``+`` joins two; ``:class``
    keeps only arguments of that class). ``needs``: roles without which there is no claim. ``score``: how
    often the rule reads rightly, as its author judges; it also decides between rival rules.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+(\.[a-z0-9-]+)+$")
    kind: str
    direction: Direction | None = None
    form: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    when: dict[Path, tuple[str, ...]] = {}
    roles: dict[str, tuple[Path, ...]] = {}
    needs: tuple[str, ...] = ()
    horizon: Literal["future", "present", "past"] | None = None
    denied: bool = False
    score: float = Field(default=0.7, gt=0, lt=1)
    example: Example

    @model_validator(mode="after")
    def _known(self) -> "Rule":
        schema = kinds().get(self.kind)
        if schema is None:
            raise ValueError(f"{self.kind!r} is not a claim kind")
        foreign = set(self.roles) - set(schema.roles)
        if foreign:
            raise ValueError(f"{self.kind} has no role {min(foreign)!r}; it has {', '.join(schema.roles)}")
        if not (self.verbs or self.nouns or self.adjectives):
            raise ValueError("a rule needs verbs, nouns or adjectives")
        return self


class Rules(BaseModel):
    """One file of rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[Rule, ...]


FAMILIES = (
    "authority",
    "power",
    "personnel",
    "office",
    "returns",
    "command",
    "steering",
    "conduct",
    "force",
    "custody",
    "taking",
    "public",
    "mood",
    "happening",
)


def bundled_rules() -> tuple[Rule, ...]:
    """Every rule that comes with satrap, by family."""
    return tuple(
        rule for family in FAMILIES for rule in load(RULES / f"{family}.yaml", Rules, ReadingError).rules
    )
