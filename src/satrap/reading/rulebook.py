"""Rules with the place each is written at: the bundled ones, and an analyst's own beside or instead of them.

An analyst's rules are YAML files of the bundled form. A rule with a new id adds to the bundled ones; a rule
with a bundled id replaces it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from satrap.claims import Claim
from satrap.country import Pack
from satrap.country.model import Header, Place
from satrap.errors import ReadingError
from satrap.reading.lexicon import RULES, Lexicon
from satrap.reading.reader import RuleReader
from satrap.reading.rule import FAMILIES, Rule, Rules
from satrap.reports import Report
from satrap.yamlfile import read

BUILT_IN = frozenset({"any", "none", "place", "speaker"})  # classes that no word list holds


@dataclass(frozen=True, slots=True)
class Written:
    """A rule and where it is written; ``file`` as it was given, ``line`` from 1."""

    rule: Rule
    file: str
    line: int
    bundled: bool = False

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with a rule, at which line."""

    place: str
    rule: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}: {self.problem}"


def written(own: Path | None = None) -> list[Written]:
    """The bundled rules; those in ``own`` (a file, or a folder of YAML files) added or put in place of them.

    Raises ReadingError, naming file, line and key, where a file is malformed, and where two of the analyst's
    own rules have one id.
    """
    by_id = {one.rule.id: one for name in FAMILIES for one in _of(RULES / f"{name}.yaml", bundled=True)}
    for file in _files(own) if own else ():
        for one in _of(file):
            earlier = by_id.get(one.rule.id)
            if earlier and not earlier.bundled:
                raise ReadingError(
                    f"{one.place}: rule {one.rule.id!r} is already at {earlier.place}",
                    remedy="rename one of them",
                )
            by_id[one.rule.id] = one
    return list(by_id.values())


def rules(own: Path | None = None) -> tuple[Rule, ...]:
    """As :func:`written`, the rules alone: what :class:`RuleReader` takes."""
    return tuple(one.rule for one in written(own))


def faults(book: Sequence[Written], pack: Pack | None = None) -> Iterator[Failure]:
    """Reads every rule's example with all of them, and names what fails.

    The examples are read with a pack that knows no names, so that no rule leans on one country, unless a pack
    is given.
    """
    lexicon = Lexicon.bundled()
    for one in book:
        unknown = sorted(_classes(one.rule) - set(lexicon.classes) - BUILT_IN)
        if unknown:
            yield Failure(one.place, one.rule.id, f"no such word class: {', '.join(unknown)}")
    known = [one for one in book if _classes(one.rule) <= set(lexicon.classes) | BUILT_IN]
    reader = RuleReader(pack or nowhere(), rules=[one.rule for one in known], tagger=None)
    examples = [Report(text=one.rule.example.text, publisher="example") for one in known]
    for one, claims in zip(known, reader.read_many(examples), strict=True):
        problem = _misread(one.rule, claims)
        if problem:
            yield Failure(one.place, one.rule.id, problem)


def nowhere() -> Pack:
    """A state about which nothing is known: what is read of it is read by the rules alone."""
    header = Header.model_validate(
        {
            "schema_version": 1,
            "country": "XX",
            "name": "Nowhere",
            "as_of": "2020",
            "authority": [],
            "tiers": [],
        }
    )
    return Pack(header, {}, (), {"XX": Place(id="XX", name="Nowhere")}, {}, {}, (), {}, {})


def _misread(rule: Rule, claims: Sequence[Claim]) -> str:
    """What the example's claims lack of what the rule promises; empty where nothing."""
    made = [claim for claim in claims if claim.kind == rule.kind]
    if not made:
        read = ", ".join(f"{claim.kind} by {'+'.join(claim.reading.rules)}" for claim in claims)
        return f"its example makes no {rule.kind} claim" + (f", but {read}" if read else "")
    for role, words in rule.example.roles.items():
        names = [argument.name for claim in made for argument in claim.roles.get(role, ())]
        if not any(words.lower() in name.lower() for name in names):
            return f"its example's {role} is read as {names or 'nothing'}, not {words!r}"
    wanted = rule.example.direction or rule.direction
    if wanted is not None and wanted not in {claim.direction for claim in made}:
        return f"its example goes {' and '.join(str(claim.direction) for claim in made)}, not {wanted}"
    return ""


def _classes(rule: Rule) -> set[str]:
    """Every word class a rule names: in its conditions, and after the colon of its roles' paths."""
    found = {name.lstrip("!") for classes in rule.when.values() for name in classes}
    parts = [part for paths in rule.roles.values() for path in paths for part in path.split("+")]
    return found.union(*(part.partition(":")[2].split("|") for part in parts if ":" in part))


def _of(file: Path | Traversable, *, bundled: bool = False) -> Iterator[Written]:
    document = read(file, ReadingError)
    shown = file.name if bundled else str(file)
    for number, rule in enumerate(document.as_model(Rules, ReadingError).rules):
        yield Written(rule, shown, document.lines["rules", number], bundled)


def _files(own: Path) -> list[Path]:
    if not own.is_dir():
        return [own]
    found = sorted(file for ending in ("*.yaml", "*.yml") for file in own.rglob(ending))
    if not found:
        raise ReadingError(f"{own}: no rule files in it", remedy="put rules in files ending in .yaml")
    return found
