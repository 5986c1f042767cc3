"""The time axis of what is counted: runs of weeks."""

from dataclasses import dataclass
from datetime import date

from satrap.errors import EstimateError
from satrap.estimate.weeks import Weeks


@dataclass(frozen=True, slots=True)
class Periods:
    """Consecutive periods of ``length`` weeks; the last may be shorter."""

    weeks: Weeks
    length: int

    @property
    def count(self) -> int:
        return -(-self.weeks.count // self.length)

    def at(self, day: date) -> int:
        """Period of a day; raises EstimateError where it lies outside."""
        return self.weeks.at(day) // self.length

    def index(self, day: date) -> int | None:
        """Period of a day; None where it lies outside."""
        try:
            return self.at(day)
        except EstimateError:
            return None

    @property
    def mondays(self) -> list[date]:
        """The first day of each."""
        return [self.weeks.monday(number * self.length) for number in range(self.count)]
