import subprocess
import sys

import pytest

from satrap.protect.faults import outline, place

CANARY = "canary-7f3a9c21"


def failed() -> Exception:
    """An exception whose messages, values and cause all hold a canary."""
    words = f"the words of a report: {CANARY}"
    try:
        try:
            raise KeyError(words)
        except KeyError as first:
            raise ValueError(words) from first
    except ValueError as error:
        return error


def test_an_outline_tells_types_and_places_and_no_values() -> None:
    told = "\n".join(outline(failed()))
    assert CANARY not in told
    assert "KeyError" in told
    assert "ValueError" in told
    assert "test_faults.py" in told
    assert told.index("KeyError") < told.index("ValueError")


def test_a_place_is_one_line() -> None:
    assert place(failed()).startswith("ValueError at ")
    assert CANARY not in place(failed())
    assert place(ValueError(CANARY)) == "ValueError"


def test_an_exception_that_is_its_own_cause_ends() -> None:
    error = ValueError()
    error.__context__ = KeyError()
    error.__context__.__context__ = error
    assert outline(error).count("ValueError") == 1


@pytest.mark.parametrize(
    "raised",
    [
        f"raise ValueError('{CANARY}')",
        f"import threading; t = threading.Thread(target=lambda: int('{CANARY}')); t.start(); t.join()",
        f"class A:\n  def __del__(self): raise ValueError('{CANARY}')\nA()",
    ],
    ids=["main", "thread", "unraisable"],
)
def test_what_nobody_caught_is_told_without_its_words(raised: str) -> None:
    quiet = "from satrap.protect.faults import keep_quiet; keep_quiet()"
    run = [sys.executable, "-c"]
    done = subprocess.run([*run, f"{quiet}\n{raised}"], capture_output=True, text=True, check=False)
    assert "ValueError" in done.stderr
    assert CANARY not in done.stdout + done.stderr
    loud = subprocess.run([*run, raised], capture_output=True, text=True, check=False)
    assert CANARY in loud.stderr, "without it, Python tells"
