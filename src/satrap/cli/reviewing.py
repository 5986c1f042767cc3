"""Claim by claim in the terminal: what a reviewer sees and which keys do what."""

from collections.abc import Callable

import click
import msgspec
from rich.table import Table
from rich.text import Text

from satrap.claims import Argument, Claim, Source
from satrap.cli.options import console
from satrap.country import Pack
from satrap.errors import SatrapError
from satrap.ledger import EntryKind, Ledger
from satrap.project import Project
from satrap.review import Queued, edited, sheet

AROUND = 240  # characters of the report on each side of the quote

KEYS = "[a]ccept  [c]orrect  [r]eject  [n]ote  [t]old apart  [m]erge  [s]kip  [b]ack  [q]uit"


class Session:
    """One reviewer's way through a queue. What a key decided is in the ledger before the next claim is shown.

    ``blind`` hides what others decided; what is judged then is the claim as it was read.
    """

    def __init__(self, opened: Project, ledger: Ledger, blind: bool) -> None:
        self._opened = opened
        self._ledger = ledger
        self._blind = blind

    def go_through(self, found: list[Queued]) -> None:
        at = decided = 0
        while at < len(found):
            one = found[at]
            console.rule(f"{at + 1} of {len(found)}")
            self._show(one)
            key = self._ask(one)
            if key == "q":
                break
            at = max(at - 1, 0) if key == "b" else at + 1
            decided += key in "acr"
        console.print(f"{decided} decided.")

    def _ask(self, one: Queued) -> str:
        """The key that led on to another claim."""
        acts: dict[str, Callable[[Queued], bool]] = {
            "a": self._accept,
            "c": self._correct,
            "r": self._reject,
            "n": self._note,
            "t": self._tell_apart,
            "m": self._merge,
        }
        while True:
            console.print(KEYS, style="dim", markup=False)
            key = click.getchar().lower()
            if key in "\x03\x04":
                raise click.Abort
            if key in ("s", "b", "q"):
                return key
            if key not in acts:
                continue
            try:
                if acts[key](one):
                    return key
            except SatrapError as error:  # said, and asked again: nothing was written
                console.print(str(error), style="red", markup=False)

    # -- what keys do; True where the claim is dealt with --

    def _accept(self, one: Queued) -> bool:
        self._decide(one, one.shown)
        return True

    def _decide(self, one: Queued, said: Claim) -> None:
        """Somebody else may have corrected it to say so already, or to say something else."""
        current = self._ledger.claim(one.recorded.id).claim
        if said.clone(reading=current.reading, status=current.status) == current:
            self._ledger.accept(one.recorded.id)
        else:
            self._ledger.correct(one.recorded.id, said)

    def _correct(self, one: Queued) -> bool:
        report = self._ledger.report(one.shown.report).text
        corrected = in_editor(self._opened, one.recorded.id, one.shown, report)
        if corrected is None:
            console.print("nothing was changed")
            return False
        self._decide(one, corrected)
        return True

    def _reject(self, one: Queued) -> bool:
        reason = _line("Why does the report not say this?")
        if reason:
            self._ledger.reject(one.recorded.id, reason)
        return bool(reason)

    def _note(self, one: Queued) -> bool:
        text = _line("Note")
        if text:
            self._ledger.annotate(one.recorded.id, text)
        return False

    def _tell_apart(self, one: Queued) -> bool:
        reason = _line("Why is this report a telling of its own?")
        if reason:
            self._ledger.split_story(one.shown.report, reason)
        return False

    def _merge(self, one: Queued) -> bool:
        ids = _line("Which ids mean the same? The one to keep first").split()
        reason = _line("Why?") if len(ids) > 1 else ""
        if reason:
            self._ledger.merge_entities(ids[0], ids[1:], reason)
        return False

    # -- what a reviewer sees --

    def _show(self, one: Queued) -> None:
        claim, recorded = one.shown, one.recorded
        report = self._ledger.report(claim.report)
        told = recorded.published.isoformat() if recorded.published else "undated"
        console.print(Text(f"{recorded.publisher}, {told}: {report.title or ''}".rstrip(": "), style="bold"))
        console.print(_in_context(claim, report.text))
        console.print(self._table(one))
        if not self._blind:
            for entry in self._ledger.entries(subject=recorded.id):
                if entry.kind in (EntryKind.NOTE_ADDED, EntryKind.CLAIM_REJECTED):
                    body = msgspec.json.decode(entry.body)
                    said = body.get("text") or body.get("reason")
                    console.print(f"{entry.at[:10]} {entry.author}: {said}", style="yellow", markup=False)

    def _table(self, one: Queued) -> Table:
        claim, pack = one.shown, self._opened.pack
        table = Table.grid(padding=(0, 2))
        rules = ", ".join(claim.reading.rules) or claim.reading.reader
        chain = " → ".join(_voice(voice, pack) for voice in claim.said_by)
        what = " ".join(
            filter(None, (claim.kind, claim.direction, "DENIED" if claim.polarity == "denied" else ""))
        )
        rows = {
            "claim": f"{one.recorded.id[:8]}: {what}, {claim.horizon}",
            **{
                role: "; ".join(_argument(each, pack) for each in filled)
                for role, filled in claim.roles.items()
            },
            "where": ", ".join(_place(each, pack) for each in claim.places),
            "when": claim.when.edtf if claim.when else "",
            "said by": f"{chain}; {claim.access}",
            "text sounds": claim.certainty + (f" ({', '.join(claim.cues)})" if claim.cues else ""),
            "source is": f"{claim.voice.kind}: how reliable is for the estimate to learn",
            "reader is": f"{claim.reading.score:.0%} sure ({rules})",
            "moves": f"{one.move:.3f} × {one.unsure:.2f} unsure = {one.priority:.3f}",
        }
        for name, value in rows.items():
            if value:
                table.add_row(Text(name, style="dim"), Text(value))
        return table


def in_editor(opened: Project, id: str, claim: Claim, report: str) -> Claim | None:
    """The claim as edited in $EDITOR until it holds; None where nothing was changed.

    The sheet lies in the project's folder, which only its owner may read, and is gone afterwards.
    """
    path = opened.folder / f"correct-{id[:8]}.yaml"
    before = sheet(claim)
    path.touch(0o600)
    path.write_text(before, encoding="utf-8")
    try:
        while True:
            click.edit(filename=str(path))
            text = path.read_text(encoding="utf-8")
            if text == before:
                return None
            try:
                return edited(claim, text, path.name, report, opened.pack)
            except SatrapError as error:
                console.print(str(error), style="red", markup=False)
                if not click.confirm("Edit it again?", default=True):
                    return None
    finally:
        path.unlink(missing_ok=True)


def _line(question: str) -> str:
    """One line; empty where the reviewer thought better of it."""
    answer: str = click.prompt(question, default="", show_default=False)
    return answer.strip()


def _in_context(claim: Claim, text: str) -> Text:
    start, end = claim.quote.start, claim.quote.end
    shown = Text("…" if start > AROUND else "")
    shown.append(text[max(0, start - AROUND) : start])
    shown.append(text[start:end], style="bold reverse")
    shown.append(text[end : end + AROUND])
    return shown.append("…" if end + AROUND < len(text) else "")


def _voice(voice: Source, pack: Pack) -> str:
    number = f"{voice.number} " if voice.number else ""
    return f"{number}{voice.name or voice.kind}" + (f" in {_place(voice.place, pack)}" if voice.place else "")


def _argument(argument: Argument, pack: Pack) -> str:
    parts = [f"[{argument.id}]" if argument.id else "", *argument.tiers]
    parts += ["staff"] if argument.staff else []
    parts += [_place(place, pack) for place in argument.places]
    return " ".join(filter(None, (argument.name, *parts)))


def _place(id: str, pack: Pack) -> str:
    return f"{pack.places[id].name} ({id})" if id in pack.places else id
