"""What a run costs when there is more to do, and when there are only more people to whom nothing happens.

python -m benchmarks.simulate_growth RESIDENTS MEETINGS     # of a resident, a week
"""

import json
import sys
import time

import altair as alt
import numpy as np
import polars as pl
import vl_convert

from benchmarks.peers.satrap_encounters import nation
from benchmarks.rows import Row
from benchmarks.simulate_page import PICTURE
from benchmarks.simulate_peers import model
from benchmarks.simulate_world import SHRUNK, alone, keep, kept, row

_PEOPLE = 250_000 // SHRUNK // 200 * 200
_FACTORS = (1, 3, 10, 30, 100)
_CHANCE = 0.05
_WEEKS = 52
_TIMES = 5


def measure(residents: int, chance: float) -> dict[str, float]:
    """Processor seconds of the weeks, the best of several: on a shared machine the others add to it."""
    spec = {**model(residents, _WEEKS, 200), "meeting": chance}
    nation({**spec, "weeks": 1}, 0).live(1)  # compiles
    times, met = [], 0
    for seed in range(_TIMES):
        one = nation(spec, seed)
        before = time.process_time()
        lived = one.live(_WEEKS)
        times.append(time.process_time() - before)
        met = int(lived.tally[..., 0].sum())
    return {"residents": residents, "meetings": met, "seconds": min(times)}


def run() -> None:
    """More people who meet as often; more meetings of as many people; more people and as many meetings."""
    curves = {
        "more residents, met as often": [(_PEOPLE * k, _CHANCE) for k in _FACTORS],
        "as many residents, met more often": [(_PEOPLE * 10, _CHANCE * k / 10) for k in _FACTORS],
        "more residents, as many meetings": [(_PEOPLE * k, _CHANCE / k) for k in _FACTORS],
    }
    keep(
        "growth",
        {
            name: [alone("benchmarks.simulate_growth", *point, threads=1) for point in points]
            for name, points in curves.items()
        },
    )
    if SHRUNK == 1:
        draw()


def exponent(points: list[dict[str, float]]) -> float:
    """The slope of log seconds by log meetings: 1 is linear."""
    meetings, seconds = (np.log([one[name] for one in points]) for name in ("meetings", "seconds"))
    return float(np.polyfit(meetings, seconds, 1)[0])


def rows() -> list[Row]:
    found = kept("growth")
    if not found:
        return []
    whole, often, idle = (found[name] for name in found if name != "load")
    growth = idle[-1]["seconds"] / idle[0]["seconds"]
    middle = idle[2]["seconds"] / idle[0]["seconds"]
    return [
        row(found, "growth.residents", exponent(whole), 1.05, "exponent", len(whole),
            f"seconds by meetings, {_PEOPLE:,} residents and up to 100 times as many"),
        row(found, "growth.meetings", exponent(often), 1.05, "exponent", len(often),
            f"seconds by meetings, {10 * _PEOPLE:,} residents met up to 100 times as often"),
        row(found, "growth.idle", growth, 1.2, "times", len(idle),
            f"100 times as many residents, as many meetings; 10 times as many: {middle:.2f}"),
    ]  # fmt: skip


def draw() -> None:
    """The curves, for docs/explanation/simulator.md."""
    curves = [(name, one) for name, points in kept("growth").items() if name != "load" for one in points]
    table = pl.DataFrame([{"curve": name, **one} for name, one in curves])
    log = alt.Scale(type="log")
    base = alt.Chart(table).mark_line(point=True).encode(y=alt.Y("seconds:Q", scale=log, title="seconds"))
    color = alt.Color("curve:N", title=None, legend=alt.Legend(orient="bottom", columns=1, labelLimit=300))
    by = [
        base.encode(x=alt.X(f"{name}:Q", scale=log, title=name), color=color).properties(
            width=260, height=220
        )
        for name in ("meetings", "residents")
    ]
    PICTURE.write_text(vl_convert.vegalite_to_svg(alt.hconcat(*by).to_json()), encoding="utf-8")


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), float(sys.argv[2]))))
