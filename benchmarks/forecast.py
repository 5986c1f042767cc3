"""The bars of forecasts, on the bundled chronology: skill, calibration, assimilation, leakage, known cases.

python -m benchmarks.forecast     # SATRAP_SHRUNK=1: one quarter, few particles, figures not kept
"""

import os
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

import satrap
from benchmarks import tables
from benchmarks.rows import Row, show, write
from satrap.estimate.weeks import Weeks
from satrap.forecast import Forecaster, Record, State, parse, reliability, resolve, scores
from satrap.forecast.assimilated import begun, taken_in
from satrap.forecast.backtest import Backtest, backtest
from satrap.forecast.evidence import first_told
from satrap.forecast.leakage import leaks
from satrap.forecast.members import members, scenario_of
from satrap.forecast.stacked import Stacked
from satrap.simulate import Scenario
from satrap.simulate.executor import executor

COMMAND = "make bench-forecast"
SHRUNK = "SATRAP_SHRUNK" in os.environ
FIRST, UNTIL = (date(2009, 1, 1), date(2022, 1, 1)) if not SHRUNK else (date(2016, 10, 1), date(2017, 1, 1))
PARTICLES, TESTED = (2000, 500) if not SHRUNK else (200, 20)
WORKERS = 2
LATER = date(2016, 1, 1)  # from here on no choice of the pool's form has looked at a score
CASES = (
    (date(2017, 6, 15), "abuse_back", "violence or extortion or bribery by MSS within 6 months"),
    (date(2017, 6, 15), "party_bribes", "bribery or extortion by WPK within 24 months"),
    (date(2017, 6, 15), "head_returns", "kim-won-hong returns within 24 months"),
    (date(2016, 12, 1), "inspected", "inspection of MSS within 6 months"),
)
END = date(2024, 12, 31)  # of the chronology


def main() -> None:
    scenario = scenario_of("KP")
    assert scenario is not None
    record = _record()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, executor(WORKERS) as crew:
        tested = backtest(
            record,
            first=FIRST,
            until=UNTIL,
            crew=crew,
            scenario=scenario,
            particles=TESTED,
            keep=Path(folder),
        )
    seconds = time.perf_counter() - began
    rows = [
        *_of_backtest(tested, seconds),
        *_of_skill(tested.scored),
        *_of_assimilation(record, scenario),
        *_of_leakage(record, scenario),
        *_of_cases(record, tested, scenario),
    ]
    show(rows)
    if not SHRUNK:
        print(write("forecast", rows))
        tables.main()


def _record() -> Record:
    with tempfile.TemporaryDirectory() as folder:
        project = satrap.init(Path(folder) / "kp", country="kp")
        project.read_chronology()
        return project.record()


def _row(name: str, value: float, unit: str, n: int, **more: object) -> Row:
    given: dict[str, object] = {"target": None, "better": "higher"} | more
    return Row(id=f"forecast.{name}", value=value, unit=unit, n=n, command=COMMAND, **given)  # type: ignore[arg-type]


def _of_backtest(tested: Backtest, seconds: float) -> list[Row]:
    kinds = tested.scored.filter(forecaster="stacked").group_by("kind").len().sort("kind")
    parts = ", ".join(f"{count} {kind}" for kind, count in kinds.iter_rows())
    return [
        _row("resolved", tested.answered, "questions", tested.asked, target=300, note=parts),
        _row(
            "backtest.seconds",
            seconds,
            "s",
            len(tested.quarters),
            target=600,
            better="lower",
            note=f"{WORKERS} workers, {TESTED} particles, nothing kept from before",
        ),
    ]


def _of_skill(scored: pl.DataFrame) -> list[Row]:
    rows = []
    for reference in ("persistence", "base rates"):
        for score in ("brier", "log"):
            name = f"skill.{score}.{reference.replace(' ', '_')}"
            rows += _skill(name, scored, reference, score)
            later = scores.skill(scored.filter(pl.col("asked") >= LATER), "stacked", reference, score=score)
            rows.append(
                _row(
                    f"{name}.later",
                    later["skill"],
                    "skill",
                    int(later["n"]),
                    spread=(later["low"], later["high"]),
                    note=f"of the pool on questions asked from {LATER} on",
                )
            )
    for name in ("hazards", "estimator", "simulator", "stated"):
        found = scores.skill(scored, name, "persistence")
        if found["n"]:
            spread = (found["low"], found["high"])
            note = "Brier, against persistence"
            rows.append(
                _row(f"skill.{name}", found["skill"], "skill", int(found["n"]), spread=spread, note=note)
            )
    return [*rows, *_calibration(scored)]


def _skill(name: str, scored: pl.DataFrame, reference: str, score: str) -> list[Row]:
    found = scores.skill(scored, "stacked", reference, score=score)
    n, spread = int(found["n"]), (found["low"], found["high"])
    note = f"of the pool; 90% interval, {found['blocks']} blocks of a year"
    return [
        _row(name, found["skill"], "skill", n, target=0.10, spread=spread, note=note),
        _row(f"{name}.low", found["low"], "skill", n, target=0.0, note="lower end of the 90% interval"),
    ]


def _calibration(scored: pl.DataFrame) -> list[Row]:
    found = reliability.slope(scored.filter(forecaster="stacked"))
    n, spread = int(found["n"]), (found["low"], found["high"])
    note = f"slope {found['slope']:.2f}, intercept {found['intercept']:.2f}; to lie in 0.8 to 1.2"
    return [
        _row("calibration.slope", found["slope"], "slope", n, spread=spread, note="of the pool"),
        _row("calibration.off", abs(found["slope"] - 1), "slope", n, target=0.2, better="lower", note=note),
    ]


def _of_assimilation(record: Record, scenario: Scenario) -> list[Row]:
    """Claims of half a year, one by one as they were published."""
    before, after = record.cut(date(2017, 1, 1)), record.cut(date(2017, 6, 15))
    known = {one.id for one in before.claims}
    state = begun(before, scenario, 30, PARTICLES, seed=0)
    weeks = Weeks.spanning(state.living.scenario.start, after.day)
    fresh = sorted(
        (one for one in after.claims if one.id not in known and one.published),
        key=lambda one: (str(one.published), one.id),
    )
    taken = len(state.used)
    seconds = []
    for one in first_told(fresh, state.offices, weeks):
        began = time.perf_counter()
        state = taken_in(state, one)
        seconds.append(time.perf_counter() - began)
    effective = state.effective[taken:]
    return [
        _row(
            "assimilation.seconds",
            max(seconds),
            "s",
            len(seconds),
            target=1.0,
            better="lower",
            note=f"the slowest claim; {PARTICLES} particles, {len(scenario.places)} provinces; weeks lived "
            f"since the claim before included",
        ),
        _row(
            "assimilation.ess",
            min(effective, default=float(PARTICLES)),
            "particles",
            len(effective),
            note="the least after a claim, before particles are drawn anew",
        ),
        _row(
            "assimilation.distinct",
            state.living.particles.distinct,
            "particles",
            PARTICLES,
            note="first particles with offspring left at the end",
        ),
    ]


def _of_leakage(record: Record, scenario: Scenario) -> list[Row]:
    """Nothing later is reached through a cut that all have worked on, and what is planted is found."""
    day = date(2017, 6, 15)
    cut, late = record.cut(day), record.cut(END)
    known = {one.id for one in cut.claims}
    planted = next(one for one in late.claims if one.id not in known)
    for one in members(scenario, 50):
        for _, _, text in CASES:
            one.forecast(parse(text, cut.pack, day), cut)
    clean = leaks(cut, record.told)
    found = []
    for place in ("attribute", "closure", "cache"):
        fresh = record.cut(day)
        held = {"attribute": [planted], "closure": lambda: planted, "cache": {day: (planted,)}}[place]
        fresh.__dict__["_planted"] = held
        found.append(any(planted.id in fault for fault in leaks(fresh, record.told)))
    return [
        _row("leakage.found", len(clean), "objects", len(members(scenario, 50)), target=0, better="lower"),
        _row("leakage.planted", sum(found) / len(found), "share found", len(found), target=1.0),
        _row("leakage.moved", *_moved(record, day), target=0, better="lower", note=MOVED),
    ]


MOVED = "forecasts that change when every later report is taken out of the record"


def _moved(record: Record, day: date) -> tuple[float, str, int]:
    told = {hash: appeared for hash, appeared in record.told.items() if appeared <= day}
    shorn = Record(
        tuple(one for one in record.claims if one.claim.report in told), told, record.pack, record.known_at
    )
    said = []
    for one in (record.cut(day), shorn.cut(day)):
        asked = [parse(text, one.pack, day) for _, _, text in CASES]
        said.append([each.forecast(question, one) for each in members(None) for question in asked])
    return sum(a != b for a, b in zip(*said, strict=True)), "forecasts", len(said[0])


def _of_cases(record: Record, tested: Backtest, scenario: Scenario) -> list[Row]:
    """What would have been said; not tuned, and one case each."""
    rows = []
    for day, name, text in CASES:
        cut = record.cut(day)
        question = parse(text, cut.pack, day)
        everybody: Sequence[Forecaster] = members(scenario, PARTICLES)
        outcome = resolve(question, record.cut(END))
        became = str(outcome.answer) if outcome.state is State.ANSWERED else "cannot be told"
        for one in (*everybody, Stacked(everybody, tested.pool(day))):
            said = one.forecast(question, cut)
            if said is not None:
                note = f"{question.text}, asked {day}; by the chronology: {became}"
                who = one.name.replace(" ", "_")
                rows.append(_row(f"case.{name}.{who}", said.of("yes"), "probability", 1, note=note))
    return rows


if __name__ == "__main__":
    main()
