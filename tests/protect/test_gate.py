"""Everything that writes or renders is registered with the gate; what is registered takes gated values."""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.publish.builders import DOWN, KP, split, told

import satrap
from satrap.errors import ProtectError
from satrap.protect.exposure import expose
from satrap.protect.gate import outward, ways_out
from satrap.protect.sensitivity import declared_structs

SOURCE = Path(satrap.__file__).parent

WRITING = {
    *("write_text", "write_bytes", "mkstemp", "mkdtemp", "fdopen"),
    *("NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory", "ZipFile", "GzipFile", "connect"),
    *("write_csv", "write_parquet", "write_ndjson", "write_json", "write_excel", "write_ipc"),
    *("sink_csv", "sink_parquet", "sink_ndjson", "to_csv", "to_parquet", "to_json"),
    *("render", "vegalite_to_svg", "vegalite_to_png", "savefig", "save"),
}
"""Calls that make a file, a page or a picture. ``open`` counts where its mode is one for writing."""

STAYS_INSIDE = {
    "satrap.reports": "text on its way in",
    "satrap.reading.llm": "the cache of the language model's answers, in the project folder",
    "satrap.ledger": "the record itself: what is sealed is stripped before it",
    "satrap.protect.vault": "encrypted",
    "satrap.cli.reviewing": "a claim under correction, in the project folder until the editor closes",
    "satrap.forecast.backtest": "what was forecast of institutions and heads of them, in the project folder",
    "satrap.published": "shares of offices, which name no source, in the project folder",
    "satrap.simulate": "simulated people and members of ensembles: no claim reaches the simulator",
    "satrap.web.inside": "the record itself, as in a terminal: on this machine only, written nowhere",
    "satrap.settings": "the project's settings, none of which is about a source",
}
"""Rooms and modules that write what does not leave, and why that is right."""

HANDS = {"satrap.exchange.files"}
"""Modules that write for others what they are handed: whoever calls them is a way of writing."""


@dataclass(frozen=True)
class Function:
    """A function or method: what it is called, what it calls, and whether others may call it."""

    qualname: str
    calls: frozenset[str]
    writes: bool

    @property
    def public(self) -> bool:
        return not any(part.startswith("_") for part in self.qualname.split("."))


def handed(tree: ast.Module) -> set[str]:
    """What the module imports from those that write for others."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in HANDS
        for alias in node.names
        if alias.name in ways_of_writing(ast.parse(source_of(node.module)))
    }


def source_of(module: str) -> str:
    return SOURCE.joinpath(*module.split(".")[1:]).with_suffix(".py").read_text(encoding="utf-8")


def functions(tree: ast.Module) -> Iterator[Function]:
    writing = WRITING | handed(tree)

    def within(nodes: list[ast.stmt], path: tuple[str, ...]) -> Iterator[Function]:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
                yield Function(
                    ".".join((*path, node.name)),
                    frozenset(map(name_of, calls)),
                    any(is_writing(one, writing) for one in calls),
                )
            elif isinstance(node, ast.ClassDef):
                yield from within(node.body, (*path, node.name))

    yield from within(tree.body, ())


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_writing(call: ast.Call, writing: set[str]) -> bool:
    if name_of(call) != "open":
        return name_of(call) in writing
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(set(mode) <= set("rwxabt+") and set(mode) & set("wxa+") for mode in modes)


def ways_of_writing(tree: ast.Module) -> set[str]:
    """Public functions through which, within their module, something is written."""
    found = list(functions(tree))
    reaching = {one.qualname for one in found if one.writes}
    while True:
        names = {each.rpartition(".")[2] for each in reaching}
        more = {one.qualname for one in found if one.calls & names} - reaching
        if not more:
            return {one.qualname for one in found if one.qualname in reaching and one.public}
        reaching |= more


def unregistered(module: str, source: str) -> set[str]:
    if any(f"{module}.".startswith(f"{room}.") for room in (*STAYS_INSIDE, *HANDS)):
        return set()
    writing = ways_of_writing(ast.parse(source))
    if writing:
        importlib.import_module(module)
    return {one for one in writing if (module, one) not in ways_out()}


def modules() -> list[tuple[str, Path]]:
    return [
        (".".join(("satrap", *path.relative_to(SOURCE).with_suffix("").parts)), path)
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "__init__.py"
    ]


@pytest.mark.parametrize(("module", "path"), modules(), ids=[name for name, _ in modules()])
def test_whatever_writes_or_renders_is_registered_or_stays_inside(module: str, path: Path) -> None:
    assert not unregistered(module, path.read_text(encoding="utf-8"))


def test_a_module_that_writes_past_the_gate_is_found() -> None:
    leaky = """
def export(claims, path):
    _save("".join(one.quote.exact for one in claims), path)

def _save(text, path):
    with open(path, "w") as file:
        file.write(text)
"""
    assert ways_of_writing(ast.parse(leaky)) == {"export"}


def test_what_reads_files_need_not_be_registered() -> None:
    assert not ways_of_writing(ast.parse("def load(path):\n    return open(path, 'rb').read()"))


def test_ways_out_cannot_name_what_is_inside() -> None:
    """A module that only knows public types cannot be handed, or make, anything else by mistake."""
    inside = {struct.__name__ for struct in declared_structs()} - {"Reading"}
    for module in {way.module for way in ways_out().values() if way.module.startswith("satrap.")}:
        for node in ast.walk(ast.parse(source_of(module))):
            if isinstance(node, ast.ImportFrom):
                assert not inside & {one.name for one in node.names}, module


def test_what_did_not_pass_the_gate_is_refused_however_deep_it_lies() -> None:
    kept: list[object] = []
    keep = outward("test")(kept.append)
    claims, reports = split([told("authority", {"holder": "MSS"}, direction=DOWN)])
    keep({"claims": expose(claims, reports, KP).ordered})
    assert len(kept) == 1
    for inside in (claims, {"a": (claims[0].claim,)}, [claims[0].claim.quote], reports):
        with pytest.raises(ProtectError, match="without passing the gate"):
            keep(inside)
    with pytest.raises(ProtectError, match="cannot be looked through"):
        keep(one for one in claims)
    assert len(kept) == 1
