"""The brief as a value: everything on the page, worded and gated, and nothing that is not on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from satrap.country.names import Name
from satrap.protect.public import PublicClaim
from satrap.publish.findings import Finding
from satrap.publish.words import Sentence, plain


@dataclass(frozen=True)
class Table:
    """The twin of a chart, or a table of its own; all cells are text, which may be linked.

    ``note`` says what the cells tell. ``basis`` stands beside the caption and leads to the claims behind the
    numbers, or to the paragraph that tells how they come about.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    basis: Sentence
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """One small chart. ``key`` names the list of the claims behind it; ``note`` stands under the title.

    ``own`` is the title in the state's own language, ``lang`` that language (ISO 639-1); both may be empty.
    """

    title: str
    svg: str
    label: str
    key: str
    note: str = ""
    own: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Figure:
    """Panels that share a scale, their caption, their table and where the numbers come from."""

    title: str
    caption: Sentence
    source: Sentence
    panels: tuple[Panel, ...]
    table: Table


@dataclass(frozen=True)
class Tile:
    """One province on the map of equal squares. ``tint`` is −1 (largest fall) … 1 (largest rise).

    ``prior_only`` tells that claims say neither level nor direction, ``mostly_prior`` that they hardly say
    the level, ``follows`` that none names the province, so that its change is the nation's.
    """

    name: str
    row: int
    column: int
    value: str
    band: str
    tint: float
    key: str
    prior_only: bool
    mostly_prior: bool
    follows: bool


@dataclass(frozen=True)
class TileMap:
    """The change of one institution's share by province; ``columns`` is the width of the map in tiles."""

    title: str
    tiles: tuple[Tile, ...]
    columns: int
    table: Table


@dataclass(frozen=True)
class Cited:
    """A claim in a list, and what it moved, worded."""

    claim: PublicClaim
    moved: str = ""


@dataclass(frozen=True)
class ClaimList:
    """The claims behind one number: those that moved it most, on whose word, what is not listed."""

    key: str
    title: str
    word: str
    cited: tuple[Cited, ...]
    rest: str = ""


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its "on whose word" and the few claims that carry most of it."""

    finding: Finding
    word: str
    leading: tuple[Cited, ...]


@dataclass(frozen=True)
class ShownSide:
    label: str
    claims: tuple[PublicClaim, ...]


@dataclass(frozen=True)
class ShownConflict:
    """``settled`` is the label of the side that a later appearance bore out; empty where nothing did."""

    subject: str
    relation: str
    sides: tuple[ShownSide, ...]
    settled: str = ""


@dataclass(frozen=True)
class Outlook:
    """The scenario's futures: what was asked, fan charts, the displacement ratio, and what they rest on."""

    title: str
    question: str
    illustrative: bool
    figures: tuple[Figure, ...]
    parameters: Table
    facts: Table | None
    reservations: Sentence


@dataclass(frozen=True)
class Expected:
    """Forecasts sealed in the ledger: the open ones, those settled, and how good forecasters were."""

    open: Table | None
    settled: Table | None
    record: Table | None


@dataclass(frozen=True)
class Paragraph:
    """Something that numbers on the page lead to: ``id`` is its element's, ``term`` what it explains."""

    id: str
    term: str
    text: str


@dataclass(frozen=True)
class Method:
    """What the page rests on and cannot tell."""

    definitions: tuple[Paragraph, ...]
    prior_dominated: tuple[str, ...]
    blind: tuple[str, ...]
    coverage: Table
    coverage_note: str
    unverified: tuple[str, ...]
    unused: Table
    reliability: str
    protection: str
    provenance: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Brief:
    """One state, province or institution as of one day.

    ``era`` is that day's year as the state counts it, or empty; ``focus`` says what the shares over time
    are of, ``mapping`` why the maps are of their institutions. Every claim came through the gate
    (`satrap.protect.exposure`).
    """

    country: str
    title: str
    subject: Name
    as_of: date
    since: date
    era: str
    focus: str
    basis: Sentence
    findings: tuple[ShownFinding, ...]
    further: tuple[ShownFinding, ...]
    mapping: str
    maps: tuple[TileMap, ...]
    authority: tuple[Figure, ...]
    conflicts: tuple[ShownConflict, ...]
    outlook: Outlook | None
    method: Method
    lists: tuple[ClaimList, ...]
    claims: tuple[PublicClaim, ...]
    source_weights: Mapping[str, str]
    expected: Expected | None = None
    more_conflicts: int = 0
    later_conflicts: int = 0

    @property
    def summary(self) -> str:
        """What the estimate is made of, and that it is read in hindsight."""
        return plain(self.basis)
