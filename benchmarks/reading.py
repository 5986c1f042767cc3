"""The bars of reading: claims, attribution, postings, dates, speed; each task has a module of its own."""

from benchmarks import agreement, attribution, chronology, dates, llm, own, postings, speed, tables
from benchmarks.rows import show, write
from benchmarks.scoring import Scorer
from satrap.country import load_pack
from satrap.reading import RuleReader

SUITES = (own, agreement, attribution, postings, dates, speed, llm)


def main() -> None:
    pack = load_pack("kp")
    rows = [row for suite in SUITES for row in suite.rows()]
    rows += chronology.rows(Scorer(pack, RuleReader(pack)), own.COMMAND)
    show(rows)
    print(write("reading", rows))
    tables.main()


if __name__ == "__main__":
    main()
