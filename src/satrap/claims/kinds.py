"""The kinds of claim and the roles each takes, read from ``kinds.yaml``."""

from functools import cache
from importlib.resources import files

import msgspec
from ruamel.yaml import YAML


class KindSchema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind: ``transfer`` has main roles ``from`` and ``to``, and may also say ``what``."""

    kind: str
    family: str
    main: tuple[str, ...]
    other: tuple[str, ...]
    directional: bool = False

    @property
    def roles(self) -> tuple[str, ...]:
        return self.main + self.other


@cache
def kinds() -> dict[str, KindSchema]:
    """Every kind by name, in codebook order."""
    text = files(__package__).joinpath("kinds.yaml").read_text(encoding="utf-8")
    rows = msgspec.convert(YAML(typ="safe").load(text), list[KindSchema])
    return {row.kind: row for row in rows}


def family(kind: str) -> str:
    """The family of a kind: ``family("arrest") == "personnel"``. Raises KeyError for an unknown kind."""
    return kinds()[kind].family
