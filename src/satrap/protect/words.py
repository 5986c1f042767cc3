"""Days in words, the same in every artefact, and the mark of what nobody has checked."""

from datetime import date

UNVERIFIED = "†"
"""Follows a name that the country pack gives without having checked it."""


def day(when: date) -> str:
    """ "15 June 2017"."""
    return f"{when.day} {month(when)}"


def month(when: date) -> str:
    """ "June 2017"."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


# Month names by hand: strftime would follow the machine's locale
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
