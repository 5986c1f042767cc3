"""An office as addresses and command lines write it: INSTITUTION, at the centre, or INSTITUTION@PLACE."""

from dataclasses import dataclass
from datetime import date

from satrap.country import Pack


@dataclass(frozen=True)
class Office:
    """A share institution's body at a place; None is the centre."""

    institution: str
    place: str | None = None

    @classmethod
    def parse(cls, text: str, pack: Pack) -> "Office":
        """Raises UnknownNameError for what the pack does not declare. An institution that another one counts
        is that one."""
        name, _, at = text.partition("@")
        share = pack.share_institution(pack.institution(name).id)
        place = pack.place(at).id if at else None
        return cls(share or name, None if place == pack.code else place)

    @property
    def key(self) -> str:
        return f"{self.institution}@{self.place}" if self.place else self.institution

    @property
    def href(self) -> str:
        """The address of its page."""
        return f"/office/{self.key}"

    @property
    def why(self) -> str:
        """Of the claims behind its share on the view's day."""
        return f"/why/{self.key}"

    @property
    def why_change(self) -> str:
        """Of those behind its change between the view's days."""
        return f"/why/{self.key}?of=change"

    def why_on(self, day: date) -> str:
        """Of those behind its share on a day."""
        return f"/why/{self.key}?as_of={day}"

    def title(self, pack: Pack) -> str:
        """ "Ministry of State Security, Ryanggang"."""
        where = pack.place(self.place).name if self.place else "centre"
        return f"{pack.institution(self.institution).name}, {where}"
