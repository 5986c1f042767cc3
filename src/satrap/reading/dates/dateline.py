"""Tell the day a text says it was written on from the days it tells of."""

import re
from typing import Final

_REACH: Final = 48  # characters of a line around its date; a longer line is no dateline
_PLACE: Final = re.compile(r"[A-Z][A-Z .'’-]{2,}(?:, [A-Z][\w .]+)?")
_DASH: Final = re.compile(r"[,.]?\s*(?:\([^()\n]{1,30}\)\s*)?(?:[-–—]|\()")


def is_dateline(text: str, start: int, end: int, weekdays: frozenset[str]) -> bool:
    """Whether a date has its line to itself, or with a weekday; or opens one: "HAVANA, May 11 - ..."."""
    line_start = text.rfind("\n", max(0, start - _REACH), start) + 1
    if line_start == 0 and start > _REACH:
        return False
    before = text[line_start:start].strip(" \t,.")
    line_end = text.find("\n", end, end + _REACH)
    after = text[end : line_end if line_end >= 0 else end + _REACH]
    if not after.strip(" \t,."):
        return not before or before.lower() in weekdays
    return bool(_PLACE.fullmatch(before) and _DASH.match(after))
