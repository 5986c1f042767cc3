"""Time in proportion to the text, counted in steps of the interpreter rather than seconds."""

import sys
from types import FrameType
from typing import Any

import pytest

from satrap.reading.postings import postings
from satrap.reading.postings.grammar import bundled


def steps(text: str) -> int:
    """Function calls and lines run while reading ``text``."""
    count = 0

    def tracer(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        postings(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "Gen. Ade Obi, GOC 7 Division, ",  # one endless list
        "Obi ",  # one endless name
        "Nigerian Army of the ",  # one endless unit
        "Director of Army and ",  # one endless field
        "( ",
        "brigade division commander ",
        "Generals A and B, ",
    ],
)
def test_twice_the_text_is_twice_the_steps(unit: str) -> None:
    bundled()
    once, twice = steps(unit * 60), steps(unit * 120)
    assert twice < 2.3 * once


def test_patterns_look_a_bounded_distance_ahead() -> None:
    for link, pattern in bundled().patterns:
        assert "*" not in pattern.pattern, link.id
        assert "+" not in pattern.pattern, link.id
