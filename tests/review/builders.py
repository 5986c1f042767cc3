"""Claims and reviewers' acts for tests of this room."""

from satrap.claims import Argument, Certainty, Claim, Quote, Reading, RecordedClaim, Source, SourceKind
from satrap.ledger import Act
from satrap.ledger.ledger import now
from satrap.reports import Report

TEXT = (
    "An inside source in South Hwanghae said that the head of the Ministry of State Security, Kim Won Hong, "
    "was probably dismissed in January 2017. The ministry is weak, residents say. The ministry is weak."
)
REPORT = Report(text=TEXT, publisher="Daily NK")


def claim(
    quote: str = "was probably dismissed",
    kind: str = "dismissal",
    score: float = 0.8,
    rules: tuple[str, ...] = (),
) -> Claim:
    at = TEXT.index(quote)
    return Claim(
        report=REPORT.hash,
        quote=Quote.at(TEXT, at, at + len(quote)),
        kind=kind,
        roles={} if kind == "sentiment" else {"person": (Argument("Kim Won Hong"),)},
        said_by=(
            Source(SourceKind.PUBLISHER, name="Daily NK"),
            Source(SourceKind.INSIDE_SOURCE, place="KP-05"),
        ),
        reading=Reading("rules", "1", score, rules),
        certainty=Certainty.PROBABLE,
    )


def recorded(one: Claim, id: str, position: int = 0) -> RecordedClaim:
    return RecordedClaim(id, one, "Daily NK", "Daily NK", None, one.report, now(), position=position)


def act(id: str, author: str, read: Claim, said: Claim | None, seq: int = 1) -> Act:
    return Act(id, author, seq, read, said)
