"""The estimate drawn: authority bands as small multiples, and provinces as tiles."""

from collections.abc import Collection, Sequence
from datetime import date

from satrap.country import Pack
from satrap.estimate import Estimate
from satrap.protect.words import month
from satrap.publish import charts
from satrap.publish.authority import Shift, bands
from satrap.publish.brief import Figure, Panel, Table, Tile, TileMap
from satrap.publish.words import BAND, BANDS, Linked, behind, percent, points, share

_TABLE_EVERY = 13  # chart points between rows of the table twin: once a year


def authority_figure(estimate: Estimate, place: str | None, where: str, marks: Sequence[date]) -> Figure:
    """Share of every institution at a place over time, all on one scale."""
    pack, by_institution = estimate.pack, bands(estimate, place)
    top = min(1.0, 1.15 * max(max(one.bands[80][1]) for one in by_institution.values()))
    last = marks[-1]
    panels = []
    for institution, one in by_institution.items():
        name = pack.institution(institution).name
        prior = estimate.prior_dominated(place, institution, last)
        panels.append(
            Panel(
                name,
                charts.fan(
                    one, top=top, marks=marks, label=f"Authority share of the {name}, {where}, with bands"
                ),
                f"{name}, {where}",
                share_key(institution, place),
                "mostly the prior" if prior else "",
            )
        )
    days = next(iter(by_institution.values())).days
    rows = tuple(
        (
            month(days[at]),
            *(
                f"{share(one.middle[at])} ({share(one.bands[80][0][at])}–{share(one.bands[80][1][at])})"
                for one in by_institution.values()
            ),
        )
        for at in range(0, len(days), _TABLE_EVERY)
    )
    return Figure(
        f"Authority over time: {where}",
        (
            "Mean share with ",
            BANDS,
            ", all panels on one scale, on which the widest are cut. Dotted: the two days compared.",
        ),
        ("satrap estimator",),
        tuple(panels),
        Table(
            (
                "",
                *(behind(share_key(one, place), pack.institution(one).name) for one in by_institution),
            ),
            rows,
            (
                "mean and ",
                BAND,
                ", one week a year; each heading leads to the claims behind the share on the later day; ",
                Linked("what a share is", "method-share"),
            ),
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
