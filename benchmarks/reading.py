"""The bars of reading: claims, attribution, postings, dates, speed; each task has a module of its own."""

from benchmarks import agreement, attribution, dates, llm, own, postings, speed, tables
from benchmarks.rows import show, write

SUITES = (own, agreement, attribution, postings, dates, speed, llm)


def main() -> None:
    rows = [row for suite in SUITES for row in suite.rows()]
    show(rows)
    print(write("reading", rows))
    tables.main()


if __name__ == "__main__":
    main()
