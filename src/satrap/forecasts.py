"""Forecasts in a project: made from what is known, sealed in its ledger, settled and scored later."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import polars as pl

from satrap import __version__
from satrap.errors import ForecastError, LedgerError
from satrap.forecast import Cut, Forecaster, Outcome, Question, State, resolve
from satrap.forecast.forecasters import Forecast
from satrap.forecast.registered import Asked, Registered, Sealed, Settled, body, registered, scored
from satrap.ledger import EntryKind
from satrap.project import Project


def forecast(question: Question, forecasters: Iterable[Forecaster], cut: Cut) -> list[Forecast]:
    """What each forecaster that answers the question expects, from the cut alone."""
    made = (one.forecast(question, cut) for one in forecasters)
    return [one for one in made if one is not None]


def register(
    project: Project,
    question: Question,
    forecasters: Sequence[Forecaster],
    *,
    day: date | None = None,
    known_at: datetime | None = None,
) -> list[Sealed]:
    """Forecast a question from the record as it was at ``known_at`` (default: as it is), as far as it was
    known to the world at the end of ``day`` (default: today), and seal what each forecaster says.

    Raises LedgerError where nothing was recorded by then,
    ForecastError where the question had closed or no forecaster answers it.
    """
    head = project.ledger.head_at(known_at)
    if head.size == 0:
        raise LedgerError("the ledger held nothing then", remedy="name a later moment")
    moment = datetime.fromisoformat(head.at)
    cut = project.cut(day or (known_at or datetime.now(UTC)).date(), known_at=moment)
    made = forecast(question, forecasters, cut)
    if not made:
        raise ForecastError(f"no forecaster answers {question.text!r}", remedy="ask another kind of question")
    root = head.root.hex()
    said = [
        Registered.of(question, one, cut, known_at=head.at, root=root, version=__version__) for one in made
    ]
    numbers = {project.ledger.register(EntryKind.FORECAST_REGISTERED, body(one)) for one in said}
    return [one for each in asked(project) for one in each.forecasts if one.seq in numbers]


def asked(project: Project, *, known_at: datetime | None = None) -> list[Asked]:
    """Every question that a forecast is registered of, in the order of first registration."""
    return registered(project.ledger, known_at=known_at)


def settle(project: Project, *, day: date | None = None) -> list[tuple[Question, Outcome]]:
    """Settle every registered question that the record can settle by the end of ``day`` (default: today).

    Returns those whose outcome is new, and seals it. What could not be told is looked at again each time, for
    reports may come; what was answered, or settled by a person, stays.
    """
    at = project.cut(day or datetime.now(UTC).date())
    new: list[tuple[Question, Outcome]] = []
    for one in asked(project):
        before = one.settled
        if before is not None and (before.note or before.outcome.state is State.ANSWERED):
            continue
        outcome = resolve(one.question, at)
        if outcome.state is State.PENDING or (before is not None and before.outcome == outcome):
            continue
        said = Settled(outcome=outcome, day=at.day, claims=at.digest)
        project.ledger.register(EntryKind.FORECAST_SETTLED, body(said))
        new.append((one.question, outcome))
    return new


def settle_by_hand(project: Project, id: str, answer: str | None, note: str) -> Outcome:
    """A person settles a question, by its id or the beginning of it, and says why; None: it cannot be told.

    Raises ForecastError where no registered question, or no option of it, is meant, or no reason is given.
    """
    question = find(project, id).question
    if answer is not None and answer not in question.options:
        raise ForecastError(f"{answer!r} is no answer", remedy=f"answer {' or '.join(question.options)}")
    if not note.strip():
        raise ForecastError("a settlement by hand needs its reason", remedy="say why in a few words")
    state = State.UNRESOLVABLE if answer is None else State.ANSWERED
    outcome = Outcome(question=question.id, state=state, answer=answer, reason=note)
    at = project.cut()
    said = Settled(outcome=outcome, day=at.day, claims=at.digest, note=note)
    project.ledger.register(EntryKind.FORECAST_SETTLED, body(said))
    return outcome


def find(project: Project, id: str) -> Asked:
    """The registered question whose id begins so; raises ForecastError where that is none, or several."""
    found = [one for one in asked(project) if one.question.id.startswith(id)]
    if len(found) != 1:
        many = "several registered questions begin" if found else "no registered question begins"
        raise ForecastError(f"{many} with {id!r}", remedy="see `satrap forecast list`")
    return found[0]


def score(project: Project, *, hindsight: bool = False) -> pl.DataFrame:
    """A row for each forecast of a settled question: see :func:`satrap.forecast.scores.table`.

    Of several forecasts of one question by one forecaster the last counts. Forecasts sealed after the day of
    their cut are left out unless ``hindsight``: who made them could know better.
    """
    voices = {one.id: one.claim.voice.kind.value for one in project.claims()}
    return scored(asked(project), voices, hindsight=hindsight)


def check(project: Project) -> list[str]:
    """What is wrong with the registered forecasts, a line each: a root that the ledger never had, or a
    forecast that claims to know the record at a moment after it was registered."""
    return [
        f"entry {one.seq}: the forecast was made from a record that the ledger did not have"
        for each in asked(project)
        for one in each.forecasts
        if one.said.known_at > one.at or not project.ledger.contains(one.said.root)
    ]
