"""The time axis of what is counted: runs of weeks."""

from dataclasses import dataclass
from datetime import date

from satrap.estimate.weeks import Weeks


@dataclass(frozen=True, slots=True)
class Periods:
    """Consecutive periods of ``length`` weeks; the last may be shorter."""

    weeks: Weeks
    length: int

    @property
    def count(self) -> int:
        return -(-self.weeks.count // self.length)

    def index(self, day: date) -> int | None:
        """Period of a day; None where it lies outside."""
        week = self.weeks.index(day)
        return week // self.length if 0 <= week < self.weeks.count else None

    @property
    def mondays(self) -> list[date]:
        """The first day of each."""
        return [self.weeks.monday(number * self.length) for number in range(self.count)]
