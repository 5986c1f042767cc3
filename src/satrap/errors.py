"""The errors a user of satrap can meet.

Each message is one line that says what is wrong, where (file, line, key when there is one) and what to do
about it; the command line prints it as it is and exits with a non-zero code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SatrapError(Exception):
    """Base of every error satrap raises on purpose; catching it catches all that a user can mend."""

    def __init__(self, problem: str, *, remedy: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}" if remedy else problem)


class PackError(SatrapError):
    """Raised when a country pack is missing, malformed or contradicts itself."""


class ReportError(SatrapError):
    """Raised when a report cannot be read: missing, empty, binary, or in an encoding that does not decode."""


class ClaimError(SatrapError):
    """Raised when a claim breaks the codebook: an unknown kind or role, a quote its report does not hold."""


class ReadingError(SatrapError):
    """Raised when the reader cannot run: a rule file is malformed or the language model is not installed."""


class LedgerError(SatrapError):
    """Raised when the ledger cannot be opened or written, or when its hash chain does not hold."""


class EstimateError(SatrapError):
    """Raised when authority cannot be estimated: no usable claims, or settings out of their range."""


class ScenarioError(SatrapError):
    """Raised when a scenario is malformed or asks for something the simulator does not have."""


class ForecastError(SatrapError):
    """Raised when a question cannot be read, or a forecast made, registered or settled."""


class ProtectError(SatrapError):
    """Raised when something would leave without passing the gate, or the vault cannot be opened."""


class PublishError(SatrapError):
    """Raised when a brief or an export cannot be written."""


class ProjectError(SatrapError):
    """Raised when a project folder is missing, is not a satrap project, or cannot be written."""


class UnknownNameError(SatrapError):
    """Raised when a country, institution, place or other id does not exist; suggests the closest ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, remedy: str = "") -> None:
        self.kind = kind
        self.name = name
        self.suggestions = close_matches(name, known)
        if self.suggestions:
            remedy = f"did you mean {' or '.join(self.suggestions)}?"
        super().__init__(f"unknown {kind} {name!r}", remedy=remedy or f"check the spelling of the {kind}")


def close_matches(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """Up to `limit` of the known names that resemble `name`, the closest first, ignoring case."""
    by_folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    found = difflib.get_close_matches(name.casefold(), list(by_folded), n=limit, cutoff=0.6)
    return [by_folded[folded] for folded in found]
