"""How far a switch's answer is from that of all settings of the hyperparameters, where very many claims are
answered for at some of them: on an archive whose fit has many settings."""

from collections import Counter
from datetime import date

import numpy as np

from benchmarks.rows import Row
from benchmarks.web_world import SHRUNK, archive, row
from satrap.estimate.sensitivity import GROUPS, Target, answers
from satrap.estimate.traits import TRAITS

CLAIMS = 25_000 // SHRUNK
OF_EACH = 7  # groups of a kind, the largest
DAYS = ((date(2016, 6, 15), date(2017, 6, 15)), (date(2011, 6, 15), date(2012, 6, 15)))


def rows() -> list[Row]:
    found = archive(CLAIMS).estimate()
    told, moves = found.observed(), []
    named = {
        kind: Counter(name for one in told for name in TRAITS[kind](one)).most_common(OF_EACH)
        for kind in GROUPS
    }
    everything = np.ones(len(found.used), dtype=np.bool_)
    for institution in range(0, len(found.offices.institutions), 3):
        for since, on in DAYS:
            at = Target(institution, 0, found.weeks.at(since), found.weeks.at(on))
            office = found.offices.institutions[institution], None, on, since
            for kind, names in named.items():
                for name, _ in names:
                    gone = {one.id for one in told if name in TRAITS[kind](one)}
                    kept = np.array([id not in gone for id in found.used])
                    whole, left = answers(found.posterior, at, [everything, kept])
                    quick, rest = found.live(*office, out={kind: [name]})
                    moves.append(
                        (left.share - whole.share, rest.share - quick.share, left.p_down - rest.p_down)
                    )
    exact, quickly, chance = np.array(moves).T
    apart = 100 * np.abs(exact - quickly)
    note = (
        f"{len(found.used):,} observations of {CLAIMS:,} claims, {len(found.posterior.parts)} settings; what "
        f"switching a group off does, in points of share, at some settings less at all; it does up to "
        f"{100 * np.abs(exact).max():.2f}"
    )
    return [
        row("switch.apart.median", float(np.median(apart)), None, "points", len(moves), note),
        row("switch.apart.largest", float(apart.max()), None, "points", len(moves), note),
        row("switch.apart.chance", float(100 * np.abs(chance).max()), None, "%", len(moves),
            "largest difference in the chance of a fall"),
    ]  # fmt: skip
