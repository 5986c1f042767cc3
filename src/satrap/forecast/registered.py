"""Forecasts and settlements as they stand in the ledger: sealed by its hash chain, read back as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
import polars as pl

from satrap.errors import ForecastError
from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast
from satrap.forecast.questions import AnyQuestion, Question
from satrap.forecast.resolution import Outcome
from satrap.forecast.scores import table
from satrap.ledger import Entry, EntryKind, Ledger, bodies


class Registered(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry "forecast registered" says.

    The cut is told three times over: ``day`` is what was known of the world, ``known_at`` (ISO 8601, UTC) and
    ``root`` (hex) the moment and the root of the ledger, ``claims`` the digest of the cut itself. ``version``
    is that of satrap. ``text`` is the question's sentence as it was.
    """

    question: AnyQuestion
    text: str
    forecast: Forecast
    day: date
    known_at: str
    root: str
    claims: str
    version: str

    @classmethod
    def of(
        cls, question: Question, forecast: Forecast, cut: Cut, *, known_at: str, root: str, version: str
    ) -> "Registered":
        """Raises ForecastError where the forecast is another question's, or the cut is after its last day."""
        if forecast.question != question.id:
            raise ForecastError("the forecast answers another question", remedy="forecast this one")
        if cut.day >= question.closes:
            raise ForecastError(
                f"{question.text!r} closed on {question.closes}, and the cut is at {cut.day}",
                remedy="take an earlier cut, or ask of a later day",
            )
        return cls(
            question=msgspec.convert(msgspec.to_builtins(question), AnyQuestion),
            text=question.text,
            forecast=forecast,
            day=cut.day,
            known_at=known_at,
            root=root,
            claims=cut.digest,
            version=version,
        )


class Settled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry "forecast settled" says: the outcome by the record up to ``day``, with the digest of that
    cut; ``note`` is the reason of a person who settles it by hand, and then no rule was asked."""

    outcome: Outcome
    day: date
    claims: str
    note: str = ""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A registered forecast with its entry: number, moment (ISO 8601, UTC), author, SHA-256 of its body."""

    seq: int
    at: str
    author: str
    hash: str
    said: Registered

    @property
    def in_hindsight(self) -> bool:
        """Whether it was registered after the day of its cut: who registered it could know better."""
        return date.fromisoformat(self.at[:10]) > self.said.day


@dataclass(frozen=True)
class Asked:
    """A question with the forecasts registered of it, oldest first, and how it was settled, if it was."""

    question: AnyQuestion
    forecasts: tuple[Sealed, ...]
    settled: Settled | None

    @property
    def latest(self) -> dict[str, Sealed]:
        """The last forecast of each forecaster."""
        return {one.said.forecast.forecaster: one for one in self.forecasts}


def body(made: Registered | Settled) -> dict[str, Any]:
    """What is written to the ledger: plain JSON values."""
    found: dict[str, Any] = msgspec.to_builtins(made)
    return found


def sealed(entry: Entry) -> Sealed | None:
    """The forecast that an entry registers; None where it registers something else than one of ours."""
    if entry.kind is not EntryKind.FORECAST_REGISTERED:
        return None
    try:
        said = msgspec.convert(bodies.decode(entry.kind, entry.body), Registered)
    except msgspec.ValidationError:
        return None
    digest = sha256(entry.body).hexdigest()
    return Sealed(seq=entry.seq, at=entry.at, author=entry.author, hash=digest, said=said)


def settled(entry: Entry) -> Settled | None:
    """What an entry settles; None where it settles nothing."""
    if entry.kind is not EntryKind.FORECAST_SETTLED:
        return None
    return msgspec.convert(bodies.decode(entry.kind, entry.body), Settled)


def registered(ledger: Ledger, *, known_at: datetime | None = None) -> list[Asked]:
    """Every question that the ledger has a forecast of, in the order of first registration."""
    forecasts: dict[str, list[Sealed]] = {}
    for entry in ledger.entries(kind=EntryKind.FORECAST_REGISTERED, known_at=known_at):
        if (one := sealed(entry)) is not None:
            forecasts.setdefault(one.said.question.id, []).append(one)
    last = {
        how.outcome.question: how
        for entry in ledger.entries(kind=EntryKind.FORECAST_SETTLED, known_at=known_at)
        if (how := settled(entry)) is not None
    }
    return [Asked(each[0].said.question, tuple(each), last.get(id)) for id, each in forecasts.items()]


def scored(
    every: Sequence[Asked], voices: Mapping[str, str] | None = None, *, hindsight: bool = False
) -> pl.DataFrame:
    """A row for each forecast of a settled question: see :func:`satrap.forecast.scores.table`.

    Of several forecasts of one question by one forecaster the last counts. Forecasts sealed after the day of
    their cut are left out unless ``hindsight``: who made them could know better.
    """
    outcomes = {one.question.id: one.settled.outcome for one in every if one.settled is not None}
    counted = [
        (one.question, forecast.said.forecast)
        for one in every
        for forecast in one.latest.values()
        if hindsight or not forecast.in_hindsight
    ]
    return table(counted, outcomes, voices)
