"""What can be reached through a cut that it must not know: the test that every cut must pass."""

import gc
from collections.abc import Iterator, Mapping
from datetime import date
from types import FunctionType, ModuleType

from satrap.claims import RecordedClaim
from satrap.country.model import Tenure
from satrap.forecast.cut import Cut
from satrap.ledger import Ledger

_CODE = (ModuleType, type, FunctionType)


def leaks(cut: Cut, told: Mapping[str, date]) -> list[str]:
    """What is wrong, a line each: every object that any chain of references leads to from the cut is looked
    at: attributes, private ones too, caches, closures. ``told`` is as for :func:`satrap.forecast.cut.cut`.

    Code (modules, classes, functions by their globals) is not followed: a forecaster that imports a ledger
    and opens a file is beyond what one process can prevent.
    """
    return sorted({fault for one in _reachable(cut) if (fault := _fault(one, cut, told))})


def _fault(one: object, cut: Cut, told: Mapping[str, date]) -> str | None:
    if isinstance(one, Ledger):
        return "a handle of the ledger"
    if isinstance(one, RecordedClaim):
        appeared = told.get(one.claim.report)
        if one.known_at.date() > cut.day and (appeared is None or appeared > cut.day):
            return f"claim {one.id}, which was not known on {cut.day}"
        if cut.known_at is not None and one.known_at > cut.known_at:
            return f"claim {one.id}, which was not in the record at {cut.known_at}"
    if isinstance(one, Tenure):
        begun = one.start or one.seen
        if (begun and begun.earliest > cut.day) or (one.end and one.end.latest > cut.day):
            return f"a tenure of {one.post} that began or ended after {cut.day}"
    return None


def _reachable(cut: Cut) -> Iterator[object]:
    seen: set[int] = set()
    waiting: list[object] = [cut]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, FunctionType):
            waiting += list(one.__closure__ or ())
        elif not isinstance(one, _CODE):
            waiting += gc.get_referents(one)
