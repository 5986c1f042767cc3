"""Numbers in words: a published scale for probabilities, and one way to write shares, points and dates.

The scale is that of the US Intelligence Community Directive 203, Analytic Standards (2 January 2015),
printed in every brief. Its terms leave no gaps between them, so that every probability has one.
"""

from collections.abc import Iterable
from typing import NamedTuple

SCALE_SOURCE = "US Intelligence Community Directive 203, Analytic Standards, 2 January 2015"


class Term(NamedTuple):
    """A term and the probabilities it stands for."""

    words: str
    low: float
    high: float


EVEN = "roughly even chance"
SCALE = (
    Term("almost no chance", 0.01, 0.05),
    Term("very unlikely", 0.05, 0.20),
    Term("unlikely", 0.20, 0.45),
    Term(EVEN, 0.45, 0.55),
    Term("likely", 0.55, 0.80),
    Term("very likely", 0.80, 0.95),
    Term("almost certain", 0.95, 0.99),
)


class Linked(str):
    """Words within a sentence, mostly a number, that a page turns into a link.

    ``to`` is the id of the element that it leads to; empty, it leads to the claims behind the sentence.
    """

    __slots__ = ("to",)
    to: str

    def __new__(cls, text: str, to: str = "") -> "Linked":
        made = super().__new__(cls, text)
        made.to = to
        return made


Sentence = tuple[str, ...]  # plain text and Linked, to be joined as they stand

BAND = Linked("80% band", "method-bands")
BANDS = Linked("50, 80 and 95% bands", "method-bands")


def behind(key: str, text: str = "claims behind it") -> Linked:
    """A link to a list of claims."""
    return Linked(text, f"claims-{key}")


def plain(sentence: Iterable[str]) -> str:
    """The sentence without its links."""
    return "".join(sentence)


def likelihood(probability: float) -> str:
    """The term for a probability in [0, 1]; raises ValueError outside it.

    The directive's ranges share their ends: a shared end goes to the term nearer to even chance, and what
    lies beyond 1% and 99% to the outermost terms.

    >>> likelihood(0.8), likelihood(0.81), likelihood(0.05), likelihood(0.999)
    ('likely', 'very likely', 'very unlikely', 'almost certain')
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"{probability} is not a probability")
    upward = probability > 0.5
    nearest_even = SCALE[3:] if upward else SCALE[3::-1]
    for term in nearest_even:
        if probability <= term.high if upward else probability >= term.low:
            return term.words
    return nearest_even[-1].words


def it_is(probability: float) -> Sentence:
    """How a sentence about something uncertain begins: "It is very likely (93%) that "."""
    words = likelihood(probability)
    opening = {EVEN: "There is a ", SCALE[0].words: "There is "}.get(words, "It is ")
    return opening, Linked(words, "method-likelihood"), " (", Linked(percent(probability)), ") that "


def percent(probability: float) -> str:
    """A probability in whole per cent; the ends of a finite sample are never called 0% or 100%."""
    if probability < 0.01:
        return "<1%"
    return ">99%" if probability > 0.99 else f"{100 * probability:.0f}%"


def share(value: float) -> str:
    """A share in per cent, with the decimal that its changes have."""
    return f"{100 * value:.1f}%"


def decimal(value: float) -> str:
    """A plain number with two decimals and a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def points(difference: float) -> str:
    """A signed difference of shares in percentage points: "−6.1"."""
    shown = f"{100 * difference:+.1f}"
    return "0.0" if float(shown) == 0 else shown.replace("-", "−")


def count(number: int, thing: str) -> str:
    """ "1 claim", "2 stories"."""
    plural = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number:,} {thing if number == 1 else plural}"


def listed(things: Iterable[str]) -> str:
    """ "a, b and c"."""
    *most, last = list(things) or [""]
    return f"{', '.join(most)} and {last}" if most else last
