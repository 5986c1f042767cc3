"""What every page has: a title, its charts, and which of the navigation's entries it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from satrap.errors import UnknownNameError
from satrap.web.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page's model; ``template`` says the rest, ``here`` is its place in the navigation. ``inside`` pages
    show the record itself rather than what passed the gate."""

    template: ClassVar[str]
    here: ClassVar[str] = ""
    inside: ClassVar[bool] = False
    title: str
    figures: Sequence[Figure] = ()

    def figure(self, name: str) -> Figure:
        """A chart by its name; raises UnknownNameError."""
        for one in self.figures:
            if one.name == name:
                return one
        raise UnknownNameError("chart of this page", name, [one.name for one in self.figures])
