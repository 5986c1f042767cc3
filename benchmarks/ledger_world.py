"""Reports and claims as a large archive holds them: invented, drawn from a seed, any number of them.

Institutions and places are met as unequally as in real archives (the few that matter are in most reports),
reports are of 4 to 16 claims over twenty years, one in ten is read again by a better reader that says some
claims otherwise, and some texts are rewritten elsewhere.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from satrap.claims import (
    Access,
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Quote,
    Reading,
    Source,
    SourceKind,
    When,
    kinds,
)
from satrap.country import Pack
from satrap.ledger import Recording
from satrap.reports import Report

FIRST = date(2004, 1, 1)
DAYS = 20 * 365
PUBLISHERS = ("Daily NK", "Rimjin-gang", "NK News", "Radio Free Asia", "Yonhap", "KCNA", "Harbour Post")
COUNTIES = 14  # of each province, with codes as the packs of other states write them
READ_AGAIN = 0.1


class World:
    """``reports`` gives what is recorded, in order; ``offices`` are (institution, place) from the most told
    of to the least."""

    def __init__(self, pack: Pack, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._institutions = list(pack.institutions)
        self._people = list(pack.people)
        self._places = [
            place if not county else f"{place}-{county:02}"
            for county in range(COUNTIES)
            for place in pack.places
            if place != pack.code
        ]
        self._kinds = list(kinds())

    @property
    def offices(self) -> list[tuple[str, str]]:
        return [(body, place) for body in self._institutions[:12] for place in self._places[:26]]

    def recordings(self, reports: int) -> Iterator[Recording]:
        """About ten claims a report; what is read again comes directly after."""
        for number in range(reports):
            first = self._recording(number)
            yield first
            if self._chance.random() < READ_AGAIN:
                yield self._read_again(first)

    def _recording(self, number: int) -> Recording:
        chance = self._chance
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        sentences = [self._sentence(number, n) for n in range(chance.randint(4, 16))]
        report = Report(
            text=" ".join(sentences),
            publisher=chance.choice(PUBLISHERS),
            published=When.day(day),
            title=f"Report {number}",
            url=f"https://example.org/{number}",
        )
        hash, at, claims = report.hash, 0, []
        for sentence in sentences:
            claims.append(self._claim(report, hash, at, len(sentence), day))
            at += len(sentence) + 1
        return Recording(report, tuple(claims), "rules", "1")

    def _sentence(self, number: int, n: int) -> str:
        body, place = self._few(self._institutions), self._few(self._places)
        return f"In {place} the {body} lost what it had held, a source told our reporter ({number}.{n})."

    def _few(self, of: list[str]) -> str:
        """One of a list, the first ones most often: by rank as in Zipf's law."""
        return of[min(int(len(of) ** self._chance.random()) - 1, len(of) - 1)]

    def _claim(self, report: Report, hash: str, at: int, length: int, day: date) -> Claim:
        chance, schema = self._chance, None
        kind = self._few(self._kinds)
        schema = kinds()[kind]
        place = self._few(self._places)
        body = self._few(self._institutions)
        roles: dict[str, tuple[Argument, ...]] = {}
        for role in schema.roles[:2]:
            if role == "person":
                id = self._few(self._people)
                roles[role] = (Argument(id.replace("-", " ").title(), id),)
            elif role in {"on", "of", "aim", "cause", "what"}:
                roles[role] = (Argument("residents"),)
            else:
                roles[role] = (Argument(body.title(), body, (), (place,)),)
        voice = Source(chance.choice(list(SourceKind)), place=place if chance.random() < 0.4 else None)
        return Claim(
            report=hash,
            quote=Quote.at(report.text, at, at + length),
            kind=kind,
            roles=roles,
            said_by=(Source(SourceKind.PUBLISHER, name=report.publisher), voice),
            reading=Reading("rules", "1", round(chance.random(), 2), (f"{kind}.rule",)),
            access=chance.choice(list(Access)),
            certainty=chance.choice(list(Certainty)),
            direction=chance.choice(list(Direction)) if schema.directional else None,
            horizon=Horizon.PAST if chance.random() < 0.7 else Horizon.PRESENT,
            when=self._when(day),
            places=(place,),
        )

    def _when(self, published: date) -> When | None:
        """None for a third, else some day of the year before, as a day or a month."""
        chance = self._chance.random()
        if chance < 0.33:
            return None
        day = published - timedelta(days=self._chance.randrange(365))
        if chance < 0.7:
            return When.day(day)
        return self._month(day.year, day.month)

    def _month(self, year: int, month: int) -> When:
        key = f"{year}-{month:02}"
        made = _MONTHS.get(key)
        if made is None:
            made = _MONTHS[key] = When.parse(key)
        return made

    def _read_again(self, first: Recording) -> Recording:
        """A better reader leaves a claim out and reads another's certainty otherwise."""
        kept = list(first.claims[1:])
        kept[0] = kept[0].clone(certainty=Certainty.DOUBTFUL)
        return Recording(first.report, tuple(kept), "rules", "2")


_MONTHS: dict[str, When] = {}  # parsing EDTF takes a millisecond
