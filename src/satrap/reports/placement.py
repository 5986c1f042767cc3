"""Where a person has put a report among the stories."""

import msgspec


class Placement(msgspec.Struct, frozen=True):
    """What a person last decided about a report (by hash): it is told in ``story``. ``others`` are the
    reports of the story that it was joined to or, where ``apart``, told apart from."""

    report: str
    story: str
    apart: bool
    others: frozenset[str]
