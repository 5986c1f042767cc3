"""The time axis: ISO weeks, counted from the Monday of the first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from satrap.errors import EstimateError


@dataclass(frozen=True, slots=True)
class Weeks:
    """``count`` consecutive weeks; week 0 begins on ``first``, a Monday."""

    first: date
    count: int

    @classmethod
    def spanning(cls, start: date, end: date) -> Self:
        """The weeks that hold ``start`` … ``end``, both included; raises EstimateError where end < start."""
        if end < start:
            raise EstimateError(
                f"the estimate would end on {end}, before it starts on {start}",
                remedy="give an end that is not before the start",
            )
        first = start - timedelta(days=start.weekday())
        return cls(first, (end - first).days // 7 + 1)

    def index(self, day: date) -> int:
        """Week of a day: negative before the axis, ``count`` or more after it."""
        return (day - self.first).days // 7

    def at(self, day: date) -> int:
        """Week of a day on the axis; raises EstimateError where it lies outside."""
        week = self.index(day)
        if not 0 <= week < self.count:
            raise EstimateError(
                f"{day} is outside the estimated weeks {self.monday(0)} to {self.last}",
                remedy="ask for a date between them or estimate over a wider span",
            )
        return week

    def monday(self, week: int) -> date:
        return self.first + timedelta(weeks=week)

    @property
    def last(self) -> date:
        """The Sunday that ends the last week."""
        return self.first + timedelta(days=7 * self.count - 1)

    @property
    def mondays(self) -> list[date]:
        return [self.monday(week) for week in range(self.count)]
