"""Errors are one line that ends in the remedy."""

from __future__ import annotations

import pytest

from satrap import errors
from satrap.errors import SatrapError, UnknownNameError


def test_the_message_is_the_problem_and_the_remedy() -> None:
    assert str(errors.PackError("no such file", remedy="check the path")) == "no such file; check the path"
    assert str(errors.PackError("no such file")) == "no such file"


def test_an_unknown_name_suggests_what_was_meant() -> None:
    error = UnknownNameError("institution", "mps", ["MSS", "MPS", "WPK_OGD"])
    assert error.suggestions[0] == "MPS"
    assert str(error).startswith("unknown institution 'mps'; did you mean MPS")


def test_an_unknown_name_like_nothing_known_gets_the_given_remedy() -> None:
    assert str(UnknownNameError("country", "zz", ["kp"], remedy="use kp")) == "unknown country 'zz'; use kp"


@pytest.mark.parametrize("error", SatrapError.__subclasses__())
def test_every_error_says_when_it_is_raised(error: type[SatrapError]) -> None:
    assert (error.__doc__ or "").startswith("Raised when ")
