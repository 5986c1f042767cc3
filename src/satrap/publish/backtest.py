"""A backtest as a page: how well each forecaster did, whether probabilities mean what they say, its limits.

Markdown, or that as HTML. It holds scores and counts alone: no claim, no source, no single forecast.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import polars as pl
from markdown_it import MarkdownIt

from satrap.forecast import State, reliability, scores
from satrap.forecast.backtest import LAG, Backtest
from satrap.forecast.pool import kind_of
from satrap.protect.gate import outward
from satrap.publish.tables import writing_to

REFERENCES = ("persistence", "base rates")
POOL = "stacked"

LIMITS = """\
- What is asked and how it came out are both read from the same reports. Where outlets look away, nothing is
  resolved; where they look, more happens. Skill is skill in foreseeing what is *told*.
- Questions of one quarter share their events, and those of four quarters overlap. Intervals draw whole years
  with replacement; with a dozen of them they are still too short.
- No claim from after a cut reaches a forecaster. The rules that read claims, the priors of the estimator and
  of the simulator, and the questions' kinds were written by people who knew how it went on.
- A yes needs words, and a no needs reports that would have had them. Of the rest nothing is known, and the
  forecasts that nobody can settle may be the worse ones.
"""


@outward("backtest")
def write_backtest(path: Path, page: str) -> None:
    """As HTML where the name ends in .html, else as Markdown; PublishError where it cannot be written."""
    with writing_to(path):
        path.write_text(html(page) if path.suffix == ".html" else page, encoding="utf-8")


def markdown(found: Backtest, cases: Sequence[str] = ()) -> str:
    """The page; ``cases`` are lines about single questions that are set beside it."""
    scored = found.scored
    first, last = found.quarters[0].day, found.quarters[-1].day
    parts = [
        f"# Backtest, {first} to {last}",
        f"{found.asked} questions were made by rule at the beginning of each quarter, each forecast from "
        f"what was known on that day, and settled from what was known {LAG} months after it closed: "
        f"{found.answered} were answered.",
        _table(("kind", "asked", "yes", "other answers", "cannot be told"), _kinds(found)),
        "## Scores",
        "Lower is better. Each row is over the questions that the forecaster answered: compare skills, which "
        "are over common questions, not rows.",
        _table(
            ("forecaster", "questions", "Brier", "log", "CRPS"),
            (
                (
                    row["forecaster"],
                    row["questions"],
                    *(_number(row[name]) for name in ("brier", "log", "crps")),
                )
                for row in scores.summary(scored).iter_rows(named=True)
            ),
        ),
        "## Skill",
        "1 − score / score of the reference, with its 90% interval (years drawn with replacement). "
        "Above zero is better than the reference.",
        _table(("forecaster", "against", "questions", "Brier", "log"), _skills(scored)),
        "By kind of question, the pool against base rates:",
        _table(("kind", "questions", "Brier", "log"), _skills_by(scored, "kind")),
        "By months to the close:",
        _table(("months", "questions", "Brier", "log"), _skills_by(scored, "months")),
        "## Do probabilities mean what they say?",
        _calibrated(scored),
        _table(("said", "came", "by chance, 90%", "questions"), _curve(scored)),
        *(["## Cases", "\n".join(f"- {one}" for one in cases)] if cases else []),
        "## What this does not show",
        LIMITS,
    ]
    return "\n\n".join(parts)


@outward("backtest")
def html(page: str) -> str:
    """The Markdown page as one self-contained file."""
    style = files("satrap.publish").joinpath("templates", "brief.css").read_text(encoding="utf-8")
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(page)
    head = f'<meta charset="utf-8"><title>Backtest</title><style>{style}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>\n'


def _kinds(found: Backtest) -> Iterable[tuple[object, ...]]:
    counts: dict[str, Counter[str]] = {}
    for quarter in found.quarters:
        for one in quarter.asked:
            outcome = found.outcomes.get(one.question.id)
            count = counts.setdefault(kind_of(one.question), Counter(asked=0))
            count["asked"] += 1
            if outcome is not None and outcome.state is State.ANSWERED:
                count["yes" if outcome.answer == "yes" else "other"] += 1
            else:
                count["untold"] += 1
    for kind, count in sorted(counts.items()):
        yield kind, count["asked"], count["yes"], count["other"], count["untold"]


def _skills(scored: pl.DataFrame) -> Iterable[tuple[object, ...]]:
    names = sorted(set(scored["forecaster"]) - set(REFERENCES))
    for name in sorted(names, key=lambda one: one != POOL):
        for reference in REFERENCES:
            both = [scores.skill(scored, name, reference, score=score) for score in ("brier", "log")]
            yield name, reference, both[0]["n"], *map(_interval, both)


def _skills_by(scored: pl.DataFrame, column: str) -> Iterable[tuple[object, ...]]:
    for (value,), part in sorted(scored.group_by([column]), key=lambda one: one[0]):
        both = [scores.skill(part, POOL, "base rates", score=score) for score in ("brier", "log")]
        yield value, both[0]["n"], *map(_interval, both)


def _calibrated(scored: pl.DataFrame) -> str:
    found = reliability.slope(scored.filter(pl.col("forecaster") == POOL))
    return (
        f"Of the pool's log-odds, what came has the slope {found['slope']:.2f} "
        f"(90%: {found['low']:.2f} to {found['high']:.2f}; {found['n']} questions of yes and no). "
        "One is right; below it forecasts are too bold, above it too shy."
    )


def _curve(scored: pl.DataFrame) -> Iterable[tuple[object, ...]]:
    for row in reliability.curve(scored.filter(pl.col("forecaster") == POOL)).iter_rows(named=True):
        yield f"{row['p']:.0%}", f"{row['came']:.0%}", f"{row['low']:.0%} to {row['high']:.0%}", row["n"]


def _interval(skill: Mapping[str, float | int]) -> str:
    return f"{skill['skill']:+.2f} ({skill['low']:+.2f} to {skill['high']:+.2f})" if skill["n"] else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *([str(one) for one in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
