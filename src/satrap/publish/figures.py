"""The estimate drawn: authority bands as small multiples, and provinces as tiles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from satrap.country import Pack, names
from satrap.country.names import Name
from satrap.estimate import Estimate
from satrap.protect.words import month
from satrap.publish import charts
from satrap.publish.authority import Shift, bands
from satrap.publish.brief import Figure, Panel, Table, Tile, TileMap
from satrap.publish.words import BAND, BANDS, Linked, behind, percent, points, share

_TABLE_EVERY = 13  # chart points between rows of the table twin: once a year


@dataclass(frozen=True)
class Cell:
    """One institution's share at one place (None: the centre), and what it is called in its figure."""

    institution: str
    place: str | None
    name: Name


def at_place(place: str | None, pack: Pack, on: date) -> list[Cell]:
    """Every institution at one place."""
    return [
        Cell(one, place, replace(names.institution(one, pack, on), en=pack.institution(one).name))
        for one in pack.authority
    ]


def of_institution(institution: str, named: Collection[str], pack: Pack) -> list[Cell]:
    """One institution at the centre and in the provinces that claims name: the others follow the nation."""
    provinces = [one.id for one in pack.provinces if one.id in named]
    return [
        Cell(institution, None, Name("centre")),
        *(Cell(institution, one, names.place(one, pack)) for one in provinces),
    ]


def authority_figure(estimate: Estimate, cells: Sequence[Cell], where: str, marks: Sequence[date]) -> Figure:
    """Shares over time side by side, all on one scale; ``where`` is what they have in common."""
    at = {place: bands(estimate, place) for place in dict.fromkeys(one.place for one in cells)}
    drawn = [(one, at[one.place][one.institution]) for one in cells]
    top = min(1.0, 1.15 * max(max(band.bands[80][1]) for _, band in drawn))
    panels = tuple(
        Panel(
            cell.name.en,
            charts.fan(
                band, top=top, marks=marks, label=f"Authority share, {cell.name.en}, {where}, with bands"
            ),
            f"{cell.name.en}, {where}",
            share_key(cell.institution, cell.place),
            "mostly the prior" if estimate.prior_dominated(cell.place, cell.institution, marks[-1]) else "",
            cell.name.own,
            cell.name.lang,
        )
        for cell, band in drawn
    )
    days = drawn[0][1].days
    rows = tuple(
        (
            month(days[row]),
            *(
                f"{share(band.middle[row])} ({share(band.bands[80][0][row])}–{share(band.bands[80][1][row])})"
                for _, band in drawn
            ),
        )
        for row in range(0, len(days), _TABLE_EVERY)
    )
    return Figure(
        where[0].upper() + where[1:],
        (
            "Mean share with ",
            BANDS,
            ", all panels on one scale, on which the widest are cut. Dotted: the two days compared. Faded: "
            "claims hardly narrow it, so that its level is mostly what was assumed.",
        ),
        ("satrap estimator",),
        panels,
        Table(
            ("", *(behind(share_key(one.institution, one.place), one.name.en) for one in cells)),
            rows,
            (
                "each heading leads to the claims behind the share on the later day; ",
                Linked("what a share is", "method-share"),
            ),
            "mean and 80% band, one week a year",
        ),
    )


def share_key(institution: str, place: str | None) -> str:
    """Names the list of the claims behind a share's level."""
    return f"share-{institution}-{place or 'centre'}"


def tile_map(changes: Sequence[Shift], pack: Pack, named: Collection[str]) -> TileMap:
    """The change of one institution's share in each province that the pack places on a tile.

    ``named`` are the places that claims name; the others follow the nation.
    """
    name = pack.institution(changes[0].institution).name
    largest = max((abs(one.mean) for one in changes if not one.prior_only), default=0.0)
    tiles = []
    for one in changes:
        place = pack.place(one.place or pack.code)
        if place.tile is not None:
            tiles.append(
                Tile(
                    place.name,
                    *place.tile,
                    points(one.mean),
                    f"{points(one.low)} to {points(one.high)}",
                    0.0 if one.prior_only or not largest else one.mean / largest,
                    one.key,
                    one.prior_only,
                    one.mostly_prior,
                    one.place not in named,
                )
            )
    rows = tuple(
        (
            behind(one.key, pack.place(one.place or pack.code).name),
            points(one.mean),
            f"{points(one.low)} to {points(one.high)}",
            percent(one.down),
            _basis(one, named),
        )
        for one in changes
    )
    return TileMap(
        name,
        tuple(tiles),
        max((tile.column for tile in tiles), default=0) + 1,
        Table(
            ("Province", "Change, points", BAND, "Probability of a fall", "Rests on"),
            rows,
            ("each province leads to the claims behind it; ", Linked("what a share is", "method-share")),
        ),
    )


def _basis(shift: Shift, named: Collection[str]) -> str:
    if shift.prior_only:
        return "prior only"
    return "its own claims" if shift.place in named else "follows the nation"
