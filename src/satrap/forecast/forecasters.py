"""What every forecaster is: a name, a version, and probabilities from what was known at a cut."""

import math
from typing import Protocol, runtime_checkable

import msgspec

from satrap.errors import ForecastError
from satrap.forecast.cut import Cut
from satrap.forecast.questions import Question

ROUNDING = 1e-6  # by which probabilities may miss one


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why, in words; ``claims`` are the ids of the claims that it rests on."""

    words: str
    claims: tuple[str, ...] = ()


class Forecast(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Probabilities of a question's options, in their order, by a forecaster at a version.

    ``samples`` are draws of the number that is asked about, where one is: of stories for a
    :class:`~satrap.forecast.questions.Count`. Raises ForecastError where probabilities do not sum to one.
    """

    question: str
    forecaster: str
    version: str
    options: tuple[str, ...]
    probabilities: tuple[float, ...]
    samples: tuple[float, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        fair = all(0.0 <= one <= 1.0 for one in self.probabilities)
        if len(self.options) != len(self.probabilities) or not fair or not self._sums_to_one():
            raise ForecastError(
                f"{self.forecaster} gives {self.probabilities} for {', '.join(self.options)}",
                remedy="a forecast is one probability an option, between 0 and 1, summing to 1",
            )

    def _sums_to_one(self) -> bool:
        return math.isclose(math.fsum(self.probabilities), 1.0, abs_tol=ROUNDING)

    def of(self, option: str) -> float:
        """The probability of one option; raises ValueError where there is no such option."""
        return self.probabilities[self.options.index(option)]


@runtime_checkable
class Forecaster(Protocol):
    """States what it expects, from a cut and nothing else."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        """None where it does not answer questions of this kind."""
        ...


def said(
    forecaster: Forecaster,
    question: Question,
    probabilities: tuple[float, ...],
    *reasons: Reason,
    samples: tuple[float, ...] = (),
) -> Forecast:
    """A forecaster's answer: ``probabilities`` in the order of the question's options."""
    return Forecast(
        question=question.id,
        forecaster=forecaster.name,
        version=forecaster.version,
        options=question.options,
        probabilities=probabilities,
        samples=samples,
        reasons=reasons,
    )
