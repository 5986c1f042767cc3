"""What was expected: forecasts sealed in the ledger, and how they came out."""

from collections.abc import Sequence
from datetime import date

from satrap.forecast.forecasters import Forecast
from satrap.forecast.registered import Asked, scored
from satrap.forecast.scores import summary
from satrap.protect.words import day
from satrap.publish.brief import Expected, Table
from satrap.publish.words import percent

_HASH = 12  # characters


def expected(asked: Sequence[Asked], as_of: date) -> Expected | None:
    """Questions asked by a day, the open ones by when they close; None where no forecast is sealed.

    The record leaves out what was registered in hindsight.
    """
    by_then = [one for one in asked if one.question.asked <= as_of]
    if not by_then:
        return None
    still = sorted((one for one in by_then if one.settled is None), key=lambda one: one.question.closes)
    known = [one for one in by_then if one.settled is not None]
    record = summary(scored(known))
    return Expected(
        Table(
            ("Question", "Closes", "Forecasts", "Sealed"),
            tuple((one.question.text, day(one.question.closes), said(one), _seals(one)) for one in still),
            ("Probabilities stated before the day; the seal is the beginning of the entry's hash.",),
        )
        if still
        else None,
        Table(
            ("Question", "Came out", "Because", "Forecasts", "Sealed"),
            tuple((one.question.text, *came(one), said(one), _seals(one)) for one in known),
            ("What cannot be told is not scored.",),
        )
        if known
        else None,
        Table(
            ("Forecaster", "Questions", "Brier", "Log"),
            tuple(
                (name, str(questions), f"{brier:.2f}", f"{log:.2f}")
                for name, questions, brier, log in record.select(
                    "forecaster", "questions", "brier", "log"
                ).iter_rows()
            ),
            ("Mean scores, lower is better; even odds on yes or no score 0.25 and 0.69.",),
        )
        if record.height
        else None,
    )


def said(one: Asked) -> str:
    """The last forecast of each forecaster in a line."""
    return "; ".join(
        f"{name}: {chances(each.said.forecast)}" + (" (in hindsight)" if each.in_hindsight else "")
        for name, each in one.latest.items()
    )


def chances(forecast: Forecast) -> str:
    """ "yes 34%"; of named options, all of them."""
    pairs = [*zip(forecast.options, forecast.probabilities, strict=True)]
    shown = pairs[:1] if forecast.options[0] == "yes" else pairs
    return ", ".join(f"{name} {percent(p)}" for name, p in shown)


def came(one: Asked) -> tuple[str, str]:
    """How a settled question came out, and by what; what a person wrote about it stays inside."""
    assert one.settled is not None
    outcome = one.settled.outcome
    by = "settled by hand" if one.settled.note else outcome.reason
    return outcome.answer or "cannot be told", by


def _seals(one: Asked) -> str:
    return ", ".join(each.hash[:_HASH] for each in one.latest.values())
