"""From findings and charts to the lists of claims behind them, numbered as the gate numbers them."""

from collections.abc import Callable, Iterable, Sequence

from satrap.claims import RecordedClaim
from satrap.protect.exposure import Exposed
from satrap.protect.public import PublicClaim
from satrap.publish.authority import Moved
from satrap.publish.brief import Cited, ClaimList
from satrap.publish.voices import word_of
from satrap.publish.words import count, points

LISTED = 12  # claims in the list of a finding; the rest are told as a number
BRIEFLY = 6  # in the list of a chart or tile

Expose = Callable[[Iterable[RecordedClaim]], Exposed]  # the gate, with a project's reports and settings


class Citations:
    """Collects what is to be cited, then passes it through the gate once, so that a claim has one number.

    Use: `add` every list, `also` any further claims, then `settle`; `lists`, `cite` and `claims` answer after
    that.
    """

    def __init__(self, claims: Iterable[RecordedClaim]) -> None:
        self._known = {one.id: one for one in claims}
        self._asked: dict[str, tuple[str, tuple[Moved, ...], int]] = {}
        self._wanted: dict[str, None] = {}
        self._shown: dict[str, PublicClaim] = {}

    def add(self, key: str, title: str, moved: Sequence[Moved], listed: int = LISTED) -> None:
        """The claims behind a number, those that say most first; a key that was asked for already stays."""
        if key not in self._asked:
            self._asked[key] = (title, tuple(moved), listed)
            self.also(one.claim for one in moved[:listed])

    def also(self, ids: Iterable[str]) -> None:
        """Further claims that the page shows."""
        self._wanted.update(dict.fromkeys(ids))

    def settle(self, expose: Expose) -> Exposed:
        """Pass everything asked for through the exposure gate; what it keeps back is cited nowhere."""
        exposed = expose(self._known[one] for one in self._wanted)
        self._shown = exposed.claims
        return exposed

    def word(self, moved: Iterable[Moved]) -> str:
        """On whose word: claims, stories, independent voices."""
        return str(word_of(self._known[one.claim] for one in moved))

    def one_a_story(self, moved: Iterable[Moved]) -> tuple[Moved, ...]:
        """The first of each story: three claims of one report would look like three reports."""
        first: dict[str, Moved] = {}
        for one in moved:
            first.setdefault(self._known[one.claim].story, one)
        return tuple(first.values())

    def cite(self, moved: Iterable[Moved]) -> tuple[Cited, ...]:
        """The printable claims with what they moved."""
        return tuple(Cited(self._shown[one.claim], _moved(one)) for one in moved if one.claim in self._shown)

    def shown(self, ids: Iterable[str]) -> tuple[PublicClaim, ...]:
        """The printable claims, by number."""
        shown = (self._shown[one] for one in ids if one in self._shown)
        return tuple(sorted(shown, key=lambda claim: claim.number))

    @property
    def lists(self) -> tuple[ClaimList, ...]:
        return tuple(
            ClaimList(
                key,
                title,
                self.word(moved) if moved else "no claims: this is the prior",
                self.cite(moved[:listed]),
                _rest(moved[listed:]),
            )
            for key, (title, moved, listed) in self._asked.items()
        )

    @property
    def claims(self) -> tuple[PublicClaim, ...]:
        return self.shown(self._shown)


def _moved(one: Moved) -> str:
    return "" if one.by is None else f"{points(one.by)} points"


def _rest(moved: Sequence[Moved]) -> str:
    if not moved:
        return ""
    weighed = [one.by for one in moved if one.by is not None]
    told = f"and {count(len(moved), 'further claim')}"
    return told + (f", together {points(sum(weighed))} points" if weighed else "")
