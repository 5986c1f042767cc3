"""What forms ask for: an estimate made anew, decisions about claims. Each leads on to an address."""

from collections.abc import Callable, Mapping, Sequence

from satrap.web.desk import Desk

Fields = Mapping[str, str]


def make_anew(desk: Desk, _path: Sequence[str], _fields: Fields) -> str:
    """Estimate from the record as it is now."""
    desk.make_anew()
    return "/"


FORMS: Mapping[str, Callable[[Desk, Sequence[str], Fields], str]] = {"estimate": make_anew}
"""By the beginning of the address that they are sent to."""
