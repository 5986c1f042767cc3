"""The bars of the dashboard.

python -m benchmarks.web          # SATRAP_SHRUNK=50: a small edition, figures not kept
python -m benchmarks.web speed    # only these parts anew; the rows of the others stay
"""

import sys
from types import ModuleType

from benchmarks import tables, web_brief, web_crawl, web_reading, web_speed, web_states, web_switch
from benchmarks.rows import renew, show, write
from benchmarks.web_world import SHRUNK

PARTS: tuple[ModuleType, ...] = (web_crawl, web_reading, web_states, web_brief, web_speed, web_switch)


def main(names: list[str]) -> None:
    """Measure the parts named, or all."""
    chosen = [part for part in PARTS if not names or part.__name__.rpartition("_")[2] in names]
    found = []
    for part in chosen:
        rows = part.rows()
        show(rows)
        found += rows
    if SHRUNK == 1:
        print(write("web", found) if len(chosen) == len(PARTS) else renew("web", found))
        tables.main()


if __name__ == "__main__":
    main(sys.argv[1:])
