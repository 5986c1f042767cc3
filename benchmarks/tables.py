"""Figures into documents: docs/benchmarks.md, the README's tables, and what pages say of cost."""

import re

from benchmarks.rows import ROOT, Row, Suite, suites
from benchmarks.simulate_page import PAGE as SIMULATOR
from benchmarks.simulate_page import cost, rehearsal

README = ROOT / "README.md"
PAGE = ROOT / "docs" / "benchmarks.md"


def between(mark: str, table: str, text: str) -> str:
    """The text with what stands between ``<!-- mark -->`` and ``<!-- /mark -->`` replaced by a table."""
    found = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    return found.sub(lambda m: m[1] + table + m[2], text)


def targets() -> str:
    """The README's tables: of each suite how many bars are met; and every bar that is not."""
    lines, missed = ["| suite | bars met | measured |", "|---|---|---|"], []
    for suite in suites():
        barred = [row for row in suite.rows if row.target is not None]
        short = [row for row in barred if not row.met]
        lines.append(f"| {suite.suite} | {len(barred) - len(short)} of {len(barred)} | {suite.date} |")
        missed += short
    return "\n".join(lines) + "\n\nNot met:\n\n" + _table(missed)


def page() -> str:
    """docs/benchmarks.md: every row of every suite."""
    return "# Figures\n\nWritten by `make bench`; missed targets stay in.\n" + "".join(
        map(_section, suites())
    )


def _section(suite: Suite) -> str:
    machine = ", ".join(f"{key} {value}" for key, value in suite.machine.items())
    made = f"{suite.date}, commit {suite.commit}; {machine}"
    return f"\n## {suite.suite}\n\n{made}\n\n{_table(suite.rows, notes=True)}"


def _table(rows: list[Row], *, notes: bool = False) -> str:
    head = "| figure | value | target | met |" + (" n | command | note |" if notes else "")
    rule = "|---|---|---|---|" + ("---|---|---|" if notes else "")
    return "\n".join([head, rule, *(_line(row, notes) for row in rows)]) + "\n"


def _line(row: Row, notes: bool) -> str:
    sign = "≥" if row.better == "higher" else "≤"
    target = "–" if row.target is None else f"{sign} {row.target:g} {row.unit}"
    met = {True: "yes", False: "**no**", None: "–"}[row.met]
    line = f"| {row.id} | {row.value:g} {row.unit} | {target} | {met} |"
    return line + (f" {row.n} | `{row.command}` | {row.note} |" if notes else "")


def main() -> None:
    README.write_text(between("figures", targets(), README.read_text(encoding="utf-8")), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    measured = next((suite for suite in suites() if suite.suite == "simulate"), None)
    text = SIMULATOR.read_text(encoding="utf-8")
    for mark, made in (("cost", cost(measured)), ("rehearsal", rehearsal(measured))):
        text = between(mark, made, text)
    SIMULATOR.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
