"""The encounter model in satrap: its individual engine with officials who never change."""

import json
import sys
import time
from typing import Any

import numba
import numpy as np

from satrap.simulate.nation import record
from satrap.simulate.nation.chance import gaps
from satrap.simulate.nation.meetings import COLUMNS, DECILES, PRACTISED, TAKER, Ground, People, Pull
from satrap.simulate.nation.nation import Nation


def nation(spec: dict[str, Any], seed: int) -> Nation:
    """The model on its first day."""
    weeks, counties, offices = spec["weeks"], spec["counties"], len(spec["price"])
    survival, guide = gaps(spec["meeting"])
    takes = [[np.array(office, dtype=bool) for office in county] for county in spec["takes"]]
    posts = [len(office) for county in takes for office in county]
    means = np.array(spec["means"])
    kept = np.array(spec["kept"])[:, None]
    who = np.arange(spec["residents"], dtype=np.uint64)
    lie = Ground(
        residents=np.linspace(0, spec["residents"], counties + 1).astype(np.int64),
        desks=np.concatenate([[0], np.cumsum(posts)]),
        place=np.zeros(counties, dtype=np.int64),
        means=means,
        fade=np.ascontiguousarray(kept ** np.arange(weeks + 1)),
        fullest=spec["full"],
        survival=survival,
        guide=guide,
    )
    wealth = np.round(spec["full"] * means).astype(np.uint64)[who % np.uint64(DECILES)]
    fear, burden = np.uint64(spec["fear"]), np.uint64(spec["burden"])
    flags = np.concatenate([office for county in takes for office in county]) * TAKER + PRACTISED
    each = spec["residents"] // counties
    people = People(
        records=wealth | (burden << np.uint64(16)) | (fear << np.uint64(45)),
        flags=flags.astype(np.uint8),
        since=np.zeros(len(flags), dtype=np.uint16),
        purse=np.zeros(len(flags), dtype=np.int64),
        felt=np.tile([float(each * spec["fear"]), float(each * spec["burden"])], (counties, 1)),
    )

    def always(values: list[float]) -> Any:
        return np.tile(np.array(values, dtype=np.float64), (weeks, 1, 1))

    pull = Pull(
        reach=always(spec["reach"]),
        price=always(spec["price"]),
        conduct=np.tile(np.eye(3), (weeks, 1, offices, 1, 1)),
        learn=always([0.0] * offices),
        gain=always([1.0] * offices),
        removed=always([0.0] * offices),
        menace=np.array(spec["menace"]),
        quota=0.0,
        hiding=0.0,
        complaint=0.0,
        usual_fear=np.array([float(spec["fear"])]),
    )
    return Nation(seed, lie, people, pull)


def wealth_of(one: Nation) -> float:
    """What all residents have today, in the mean of what chance would settle."""
    records, lie = one.people.records, one.ground
    full = lie.fullest * lie.means[np.arange(len(records)) % DECILES]
    had = (records & np.uint64(record.MOST["wealth"])).astype(np.float64)
    since = one.week - 1 - ((records >> np.uint64(32)) & np.uint64(record.MOST["week"])).astype(np.int64)
    return float((full - (full - had) * lie.fade[2, since]).sum())


def lived(spec: dict[str, Any], seed: int) -> dict[str, Any]:
    """What happened, and the seconds it took, without setting up."""
    one = nation(spec, seed)
    began = time.perf_counter()
    done = one.live(spec["weeks"])
    seconds = time.perf_counter() - began
    columns = [COLUMNS.met, COLUMNS.taken_from, COLUMNS.taken]
    counts = done.tally[..., columns].sum(axis=(0, 1)).T.ravel().tolist()
    return {"seconds": seconds, "found": [*counts, *done.felt[-1].sum(axis=0).tolist(), wealth_of(one)]}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    numba.set_num_threads(asked["threads"])
    lived({**asked["spec"], "weeks": 1}, 0)  # compiles
    print(json.dumps([lived(asked["spec"], seed) for seed in asked["seeds"]]))
