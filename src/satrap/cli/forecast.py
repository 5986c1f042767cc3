"""satrap forecast"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.table import Table

from satrap import forecasts, project
from satrap.cli.options import (
    DAY,
    console,
    end_of,
    json_option,
    known_at_option,
    print_json,
    project_option,
    stages,
)
from satrap.errors import ForecastError, UnknownNameError
from satrap.forecast import AnyQuestion, Cut, Forecast, Forecaster, Question, load, parse
from satrap.forecast.members import members, scenario_of
from satrap.forecast.plan import plan as to_collect
from satrap.forecast.reliability import slope
from satrap.forecast.scores import skill, summary

_SHORT = 8  # characters of an id
_SOUGHT = 12  # rows of a collection plan
_SLOW = "simulator"
_BY = f"Only this forecaster; repeatable.  [default: all but the {_SLOW}, which takes longer]"

LANGUAGE = """\b
Questions:
  head of MSS dismissed by 2017-06-30            kim-won-hong returns within 12 months
  inspection of MSS by 2017-06-30                extortion or bribery by MSS in KP-09 within 6 months
  claims of extortion about MSS from 2017-01-01 to 2017-03-31 at least 3
  authority of MSS in KP-09 lower on 2017-06-01 than on 2016-12-01
  most authority gained from 2016-12-01 to 2017-06-01 among MSS, party committees, police
"""


def question_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is asked, when, of whom."""
    for option in (
        json_option,
        click.option("--by", "names", multiple=True, metavar="NAME", help=_BY),
        known_at_option,
        click.option(
            "--day", type=DAY, help="Ask at the end of this day, from what was known.  [default: today]"
        ),
        click.option("--file", type=click.Path(path_type=Path), help="A YAML list of questions."),
        project_option,
        click.argument("sentences", metavar="QUESTION…", nargs=-1),
    ):
        command = option(command)
    return command


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"""Examples:

\b
  satrap forecast ask "inspection of MSS within 6 months"
  satrap forecast register --file questions.yaml
  satrap forecast list
  satrap forecast settle
  satrap forecast score --reference "base rates"

{LANGUAGE}""",
)
def command() -> None:
    """State what to expect as probabilities, seal it in the ledger, and score it when its day has come."""


@command.command(
    epilog=f"""Examples:

\b
  satrap forecast ask "inspection of MSS within 6 months" --day 2016-12-01
  satrap forecast ask --file questions.yaml --by hazards --json

{LANGUAGE}
A question that cannot be read ends with exit code 1 and says where, and what was expected there."""
)
@question_options
def ask(
    folder: Path,
    sentences: tuple[str, ...],
    file: Path | None,
    day: date | None,
    known_at: date | None,
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Forecast each QUESTION from what is known, without sealing anything."""
    opened = project.open(folder)
    cut = opened.cut(day, known_at=end_of(known_at))
    asked, chosen = _questions(opened, sentences, file, cut.day), _chosen(names, opened.pack.code)
    with stages() as shown:
        made = [_made(question, chosen, cut, shown, at, len(asked)) for at, question in enumerate(asked)]
    if as_json:
        print_json(
            [
                {"question": one.id, "text": one.text, "closes": one.closes, "forecasts": each}
                for one, each in zip(asked, made, strict=True)
            ]
        )
        return
    for question, each in zip(asked, made, strict=True):
        _show(question, each)


@command.command(
    epilog=f"""Examples:

\b
  satrap forecast plan "authority of MSS in KP-09 lower on 2017-12-01 than on 2017-06-16" --day 2017-06-15
  satrap forecast plan "extortion by MSS in KP-09 within 12 months" --by hazards

{LANGUAGE}
Bits are what one claim, or one story that would have told of it, is expected to tell of the answer."""
)
@question_options
def plan(
    folder: Path,
    sentences: tuple[str, ...],
    file: Path | None,
    day: date | None,
    known_at: date | None,
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show which reports would tell most of the answer of each QUESTION: of what, from where, by whom."""
    opened = project.open(folder)
    cut = opened.cut(day, known_at=end_of(known_at))
    chosen = _chosen(names, opened.pack.code)
    made = []
    for question in _questions(opened, sentences, file, cut.day):
        first = next(iter(forecasts.forecast(question, chosen, cut)), None)
        made.append((question, to_collect(question, cut, first)))
    if as_json:
        print_json([{"text": question.text, "plan": each.to_dicts()} for question, each in made])
        return
    for question, each in made:
        console.print(f"[bold]{question.text}[/bold]: {each['uncertain'][0]:.2f} bits", highlight=False)
        table = Table("claims of", "about", "place", "by", "bits", "stories a year", box=None)
        for row in each.head(_SOUGHT).iter_rows(named=True):
            where = row["place"] or "no place named"
            told = (row["kind"], row["institution"] or "", where, row["source"])
            table.add_row(*told, f"{row['bits']:.3f}", f"{row['stories']:.1f}")
        console.print(table)


@command.command(
    epilog=f"""Examples:

\b
  satrap forecast register "head of MSS dismissed by 2030-06-30"
  satrap forecast register --file questions.yaml

{LANGUAGE}
Sealed are the question, the probabilities, the forecaster, and the record it was made from. What is
registered after its day (--day) is marked as hindsight, and does not count in scores."""
)
@question_options
def register(
    folder: Path,
    sentences: tuple[str, ...],
    file: Path | None,
    day: date | None,
    known_at: date | None,
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Forecast each QUESTION and seal the forecasts in the ledger."""
    opened = project.open(folder)
    on, chosen = day or known_at or datetime.now(UTC).date(), _chosen(names, opened.pack.code)
    made = [
        one
        for question in _questions(opened, sentences, file, on)
        for one in forecasts.register(opened, question, chosen, day=on, known_at=end_of(known_at))
    ]
    if as_json:
        print_json(made)
        return
    for one in made:
        said = one.said.forecast
        click.echo(f"entry {one.seq}: {said.forecaster}: {_chances(said)}  {one.said.text}  {one.hash[:12]}")


@command.command(
    name="list",
    epilog="""Examples:

\b
  satrap forecast list           # open and settled, with the last forecast of each forecaster
  satrap forecast list --open
""",
)
@project_option
@click.option("--open", "only_open", is_flag=True, help="Only those that are not settled.")
@json_option
def list_(folder: Path, only_open: bool, as_json: bool) -> None:
    """List registered questions, what was forecast, and how they came out."""
    found = forecasts.asked(project.open(folder))
    shown = [one for one in found if not (only_open and one.settled)]
    if as_json:
        print_json(
            [{"text": one.question.text, "forecasts": one.forecasts, "settled": one.settled} for one in shown]
        )
        return
    table = Table("id", "question", "asked", "closes", "forecasts", "outcome", box=None)
    for one in shown:
        said = "\n".join(
            f"{name}: {_chances(each.said.forecast)}" + (" (hindsight)" if each.in_hindsight else "")
            for name, each in one.latest.items()
        )
        outcome = one.settled.outcome if one.settled else None
        result = "open" if outcome is None else outcome.answer or outcome.state.value
        question = one.question
        days = (str(question.asked), str(question.closes))
        table.add_row(question.id[:_SHORT], question.text, *days, said, result)
    console.print(table)


@command.command(
    epilog="""Examples:

\b
  satrap forecast settle                      # all that the record can settle
  satrap forecast settle 3ef69f13 --answer no --note "the report was withdrawn"
  satrap forecast settle 3ef69f13 --answer unresolvable --note "the ministry was renamed"
"""
)
@click.argument("id", required=False)
@project_option
@click.option("--day", type=DAY, help="By what is known at the end of this day.  [default: today]")
@click.option("--answer", help="Settle one question by hand: an option of it, or `unresolvable`.")
@click.option("--note", default="", help="Why, where a person settles it.")
@json_option
def settle(
    folder: Path, id: str | None, day: date | None, answer: str | None, note: str, as_json: bool
) -> None:
    """Settle registered questions by the record, or the one with this ID by hand, and seal the outcomes."""
    opened = project.open(folder)
    if (id is None) != (answer is None):
        raise click.UsageError("one question is settled by hand with its ID, --answer and --note")
    if id is not None and answer is not None:
        question: Question = forecasts.find(opened, id).question
        given = None if answer == "unresolvable" else answer
        new = [(question, forecasts.settle_by_hand(opened, id, given, note))]
    else:
        new = forecasts.settle(opened, day=day)
    if as_json:
        print_json([{"text": question.text, **msgspec.structs.asdict(outcome)} for question, outcome in new])
        return
    for question, outcome in new:
        result = outcome.answer or outcome.state.value
        click.echo(f"{question.id[:_SHORT]}  {question.text}: {result} ({outcome.reason})")
    if not new:
        click.echo("nothing new to settle")


@command.command(
    epilog="""Examples:

\b
  satrap forecast score
  satrap forecast score --by institution --reference "base rates"
  satrap forecast score --hindsight            # with those made from a past cut, as in a backtest
"""
)
@project_option
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["kind", "institution", "place", "source", "months"]),
    help="Score in groups; repeatable.",
)
@click.option("--reference", help="Forecaster to measure skill against.")
@click.option("--hindsight", is_flag=True, help="Also forecasts registered after the day of their cut.")
@json_option
def score(folder: Path, by: tuple[str, ...], reference: str | None, hindsight: bool, as_json: bool) -> None:
    """Score forecasts of settled questions: Brier, log and CRPS (lower is better), skill, calibration."""
    rows = forecasts.score(project.open(folder), hindsight=hindsight)
    names = rows["forecaster"].unique().sort().to_list()
    if reference is not None and reference not in names:
        raise UnknownNameError("forecaster", reference, names, remedy="no settled forecast is from it")
    found = summary(rows, by)
    against = {name: skill(rows, name, reference) for name in names if reference and name != reference}
    slopes = {name: slope(rows.filter(forecaster=name)) for name in names}
    if as_json:
        print_json({"scores": found.to_dicts(), "skill": against, "calibration": slopes})
        return
    if rows.is_empty():
        click.echo("no forecast of a settled question; see `satrap forecast list`")
        return
    table = Table("forecaster", *by, "questions", "Brier", "log", "CRPS", box=None)
    for row in found.iter_rows(named=True):
        groups = [str(row[name]) for name in by]
        numbers = [f"{row[name]:.3f}" if row[name] is not None else "" for name in ("brier", "log", "crps")]
        table.add_row(row["forecaster"], *groups, str(row["questions"]), *numbers)
    console.print(table)
    for name, one in against.items():
        console.print(
            f"{name}: skill {one['skill']:+.2f} (90%: {one['low']:+.2f} to {one['high']:+.2f}) against "
            f"{reference}, {one['n']} questions in {one['blocks']} years"
        )
    for name, one in slopes.items():
        console.print(f"{name}: calibration slope {one['slope']:.2f} ({one['low']:.2f} to {one['high']:.2f})")


def _questions(
    opened: project.Project, sentences: tuple[str, ...], file: Path | None, asked: date
) -> list[AnyQuestion]:
    found = [parse(one, opened.pack, asked) for one in sentences]
    found += load(file, opened.pack, asked) if file else []
    if not found:
        raise click.UsageError("ask something: a QUESTION, or --file with a list of them")
    late = [one for one in found if one.asked < asked]
    if late:
        raise ForecastError(
            f"{late[0].text!r} is asked on {late[0].asked}, the cut is at {asked}",
            remedy=f"take the cut of that day with --day {late[0].asked}",
        )
    return found


def _chosen(names: tuple[str, ...], country: str) -> list[Forecaster]:
    every = {one.name: one for one in members(scenario_of(country))}
    for name in names:
        if name not in every:
            raise UnknownNameError("forecaster", name, every, remedy=f"there are {', '.join(every)}")
    return [every[name] for name in names or every if names or name != _SLOW]


def _made(
    question: AnyQuestion,
    chosen: list[Forecaster],
    cut: Cut,
    shown: Callable[[str, float], None],
    at: int,
    of: int,
) -> list[Forecast]:
    shown(question.text, at / of)
    return forecasts.forecast(question, chosen, cut)


def _show(question: AnyQuestion, made: list[Forecast]) -> None:
    console.print(f"[bold]{question.text}[/bold]  (asked {question.asked})", highlight=False)
    table = Table("forecaster", *question.options, "because", box=None)
    for one in made:
        words = "; ".join(reason.words for reason in one.reasons)
        table.add_row(one.forecaster, *(f"{p:.0%}" for p in one.probabilities), words)
    console.print(table if made else "no forecaster answers it")


def _chances(one: Forecast) -> str:
    return ", ".join(f"{name} {p:.0%}" for name, p in zip(one.options, one.probabilities, strict=True))
