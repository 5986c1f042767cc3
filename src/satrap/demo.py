"""The main job on bundled data: the North Korea chronology, and the case of 2017."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from satrap import project, settings
from satrap.project import ReadSummary
from satrap.publish import Brief
from satrap.simulate import load_scenario

COUNTRY = "kp"
SCENARIO = "kp-2017"
WHAT_IFS = ("kp-2017-no-order", "kp-2017-no-dismissal", "kp-2017-transfer-to-police")
AS_OF = date(2017, 6, 15)  # the day of the founding report (Daily NK)
SINCE = date(2016, 6, 15)
RUNS = 200

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Outcome:
    """Where the brief is, and what the run was made of."""

    path: Path
    brief: Brief
    summary: ReadSummary


def run(folder: Path, *, seed: int = 0, progress: Progress) -> Outcome:
    """Read, record, estimate, simulate and publish; goes on where an earlier run was interrupted.

    ``progress`` is called with what is being done and how much of it (0 to 1).
    """
    opened = project.open(folder) if (folder / settings.SETTINGS).exists() else project.init(folder, COUNTRY)
    summary = opened.read_chronology(_counting(progress, "reading the chronology"))
    estimate = opened.estimate(seed=seed, progress=progress)
    futures = opened.futures(
        load_scenario(SCENARIO),
        [load_scenario(name) for name in WHAT_IFS],
        start_from=estimate,
        runs=RUNS,
        seed=seed,
        progress=_counting(progress, "simulating the case of 2017"),
    )
    progress("writing the brief", 0.0)
    path = folder / "brief.html"
    brief = opened.brief(path, estimate=estimate, futures=futures, as_of=AS_OF, since=SINCE)
    return Outcome(path, brief, summary)


def _counting(progress: Progress, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(stage, done / max(total, 1))
