"""The bars of the simulator.

python -m benchmarks.simulate            # SATRAP_SHRUNK=50: a small edition, figures not kept
python -m benchmarks.simulate crn peers  # only these parts anew; the others as they were kept
"""

import sys
from types import ModuleType

from benchmarks import (
    simulate_branch,
    simulate_crn,
    simulate_determinism,
    simulate_ensemble,
    simulate_full,
    simulate_growth,
    simulate_peers,
    simulate_recovery,
    simulate_sweep,
)
from benchmarks.rows import show, write
from benchmarks.simulate_world import SHRUNK

PARTS: tuple[ModuleType, ...] = (
    simulate_full,
    simulate_peers,
    simulate_sweep,
    simulate_growth,
    simulate_branch,
    simulate_crn,
    simulate_determinism,
    simulate_ensemble,
    simulate_recovery,
)


def main(names: list[str]) -> None:
    """Measure the parts named, or all; gather what is kept."""
    for part in PARTS:
        if not names or part.__name__.rpartition("_")[2] in names:
            part.run()
            show(part.rows())
    if SHRUNK == 1:
        print(write("simulate", [row for part in PARTS for row in part.rows()]))


if __name__ == "__main__":
    main(sys.argv[1:])
