"""What forms ask for: an estimate made anew, decisions about claims. Each leads on to another address."""

from collections.abc import Callable, Mapping, Sequence

from satrap.errors import SatrapError
from satrap.review import edited
from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.pages.review import review
from satrap.web.view import View

Fields = Mapping[str, str]
Outcome = str | Page  # an address to go on to, or the page again with what was wrong


def make_anew(desk: Desk, _path: Sequence[str], _fields: Fields) -> Outcome:
    """Estimate from the record as it is now."""
    desk.make_anew()
    return "/"


def decide(desk: Desk, path: Sequence[str], fields: Fields) -> Outcome:
    """Accept, correct or reject a claim, or keep a note on it; durable when this returns."""
    id = desk.project.ledger.claim("/".join(path)).id
    ledger, words = desk.project.ledger.by(desk.author), fields.get("words", "").strip()
    given = fields.get("sheet", "").replace("\r\n", "\n")
    try:
        match fields.get("act"):
            case "accept":
                ledger.accept(id, words)
            case "reject":
                ledger.reject(id, words)
            case "note":
                ledger.annotate(id, words)
                return f"/claim/{id}"
            case "correct":
                one = ledger.claim(id)
                text = ledger.report(one.claim.report).text
                ledger.correct(id, edited(one.claim, given, "the sheet", text, desk.project.pack), words)
            case _:
                raise SatrapError("the form says no decision", remedy="accept, correct, reject or note")
    except SatrapError as error:
        return review(desk, View(), id, edited=given, fault=str(error))
    return View(filters=(("done", f"{fields['act']}ed {id[:8]}"),)).to("review")


FORMS: Mapping[str, Callable[[Desk, Sequence[str], Fields], Outcome]] = {
    "estimate": make_anew,
    "review": decide,
}
"""By the beginning of the address that they are sent to."""
