"""Claims rebuilt from what a format told, and what may be said of what it got wrong."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.samples import CONTEXT, claims
from tests.exchange.test_events import ARREST, ICEWS
from tests.publish.builders import KP

from satrap.claims import Argument, Reading, Source, SourceKind
from satrap.exchange import PassedOver, Taking, export, take
from satrap.exchange.taking import Told, rebuilt

READING = Reading("test", "1", 1.0)


def told(quote: str, **fields: str) -> Told:
    return Told(kind="dismissal", quote=quote, reading=READING, **fields)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["", "2017-01", "2017-02-03"]))))
def test_every_quote_stands_in_its_report(pairs: list[tuple[str, str]]) -> None:
    made = list(rebuilt(told(quote, published=day) for quote, day in pairs))
    assert sum(len(one.claims) for one in made) == len(pairs)
    for one in made:
        for claim in one.claims:
            assert claim.report == one.report.hash
            assert claim.quote.holds_in(one.report.text)


def test_claims_of_one_publication_are_of_one_report() -> None:
    first, other = rebuilt(
        [told("a", publisher="X", title="T"), told("b", publisher="X", title="T"), told("a", publisher="Y")]
    )
    assert (first.report.text, len(first.claims)) == ("a\n\nb", 2)
    assert other.report.publisher == "Y"


def test_a_withheld_quote_is_told_by_the_fields() -> None:
    argument: dict[str, tuple[Argument, ...]] = {"person": (Argument("Kim Won Hong", "kim-won-hong"),)}
    [one] = rebuilt([Told(kind="dismissal", roles=argument, when="2017-01", reading=READING)])
    assert one.report.text == "[words withheld] dismissal person: Kim Won Hong 2017-01"


def test_without_a_chain_it_is_the_publisher_s_word() -> None:
    [one] = rebuilt([told("a", publisher="X")])
    assert one.claims[0].said_by == (Source(SourceKind.PUBLISHER, name="X"),)


CANARY = "Pak of the mine at Musan"


def jsonl(folder: Path) -> Path:
    path = export("jsonl", claims()[:1], CONTEXT, folder / "bad.jsonl")
    row = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(
        "\n".join(json.dumps({**row, field: CANARY}) for field in ("kind", "direction", "number"))
    )
    return path


def ftm(folder: Path) -> Path:
    path = export("ftm", claims()[:1], CONTEXT, folder / "bad.json")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    event = next(row for row in rows if row["schema"] == "Event")
    event["properties"]["keywords"] = [f"{word}{CANARY}" for word in event["properties"]["keywords"]]
    path.write_text(
        "\n".join(json.dumps(row) for row in (*rows, {"id": "x", "schema": CANARY}, {"id": [CANARY]}))
    )
    return path


def sfm(folder: Path) -> Path:
    path = export("sfm", claims(), CONTEXT, folder / "sheets") / "postings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, row, *_ = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        spoilt = [
            [CANARY if place == at else cell for place, cell in enumerate(row)] for at in range(len(row))
        ]
        csv.writer(file).writerows([head, *spoilt])
    return path


def icews(folder: Path) -> Path:
    path, cells = folder / "bad.tab", ARREST.split("\t")
    spoilt = ["\t".join([*cells[:at], CANARY, *cells[at + 1 :]]) for at in range(len(cells))]
    path.write_text("\n".join((ICEWS, *spoilt)), encoding="utf-8")
    return path


def brat(folder: Path) -> Path:
    (folder / "bad.txt").write_text("North Hamgyong")
    (folder / "bad.ann").write_text(f"T1\tPerson {CANARY}")
    (folder / "worse.txt").write_text("North Hamgyong")
    (folder / "worse.ann").write_text(CANARY)
    (folder / "fine.txt").write_text("North Hamgyong")
    (folder / "fine.ann").write_text(f"T1\tPlace 0 5\tNorth\nR1\t{CANARY.replace(' ', '.')} Arg1:T1 Arg2:T1")
    return folder


@pytest.mark.parametrize("spoil", [jsonl, ftm, sfm, icews, brat], ids=lambda one: one.__name__)
def test_no_message_says_what_stands_in_a_row(spoil: Callable[[Path], Path], tmp_path: Path) -> None:
    path = spoil(tmp_path)
    found = list(take(spoil.__name__, path, Taking(KP)))
    said = [str(one) for one in found if isinstance(one, Exception)]
    said += [one.reason for one in found if isinstance(one, PassedOver)]
    assert said
    assert not [one for one in said if "Musan" in one]
