"""How far sources are to be believed, as learned; what became of what they said; where nobody speaks."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from satrap.estimate.traits import TRAITS
from satrap.web.desk import Desk
from satrap.web.figure import Column, Figure
from satrap.web.held import Held
from satrap.web.page import Page
from satrap.web.pages.overview import coverage_figure
from satrap.web.view import View

SHOWN = 40  # of each kind


@dataclass(frozen=True, kw_only=True)
class Sources(Page):
    template = "sources.html"
    here = "sources"
    certainty: Figure | None


def sources(desk: Desk, view: View) -> Sources:
    """The page of all sources together."""
    held = desk.held(view)
    days = held.days(view)
    words = certainty_figure(held)
    return Sources(
        title="Sources",
        certainty=words if words.rows else None,
        figures=(
            group_figure(held, "publisher", "publisher", "Publishers"),
            group_figure(held, "source", "source kind", "Kinds of source"),
            words,
            coverage_figure(held, days),
        ),
    )


def group_figure(held: Held, group: str, of: str, title: str) -> Figure:
    """What each publisher, or kind of source, told; what was learned of its noise; what became of it."""
    return held.kept(("sources", group), lambda: _group_figure(held, group, of, title))


def _group_figure(held: Held, group: str, of: str, title: str) -> Figure:
    claims, stories, used = Counter[str](), defaultdict[str, set[str]](set), Counter[str]()
    for one in held.claims:
        for name in TRAITS[group](one):
            if "@" not in name or group == "publisher":
                claims[name] += 1
                stories[name].add(one.story)
                used[name] += one.id in held.used
    record = {one.name: one for one in held.sources if one.of == of}
    rows = []
    for name, count in claims.most_common(SHOWN):
        noise, told = held.noises.get(f"{group} {name}"), record.get(name)
        rows.append(
            {
                "name": name,
                "name_href": f"/search?publisher={name}" if group == "publisher" else "",
                "claims": count,
                "stories": len(stories[name]),
                "used": used[name],
                "noise": None if noise is None else round(noise[0], 3),
                "noise_sd": None if noise is None else round(noise[1], 3),
                "borne_out": told.borne_out if told else 0,
                "refuted": told.refuted if told else 0,
            }
        )
    return Figure(
        "",
        f"{group}s",
        title,
        "Noise learned from how claims agree, as a multiple of that declared, with its standard deviation: "
        "below one is steadier than declared, above one is less. Blank: too few claims to learn from. Borne "
        "out and refuted count stories in conflicts that were settled later.",
        (
            Column("name", title),
            Column("claims", "Claims", "count"),
            Column("stories", "Stories", "count"),
            Column("used", "In the estimate", "count"),
            Column("noise", "Noise", "factor"),
            Column("noise_sd", "± sd", "decimal"),
            Column("borne_out", "Borne out", "count"),
            Column("refuted", "Refuted", "count"),
        ),
        rows,
        empty="" if rows else "No claims on record.",
    )


def certainty_figure(held: Held) -> Figure:
    """What was learned of hedges."""
    words = {
        name: at for name, at in held.noises.items() if name.split(" ")[0] not in ("publisher", "source")
    }
    rows = [
        {"name": name, "noise": round(mean, 3), "noise_sd": round(sd, 3)}
        for name, (mean, sd) in words.items()
    ]
    return Figure(
        "",
        "certainty",
        "Certainty words",
        "How much noisier claims are whose text hedges, as a multiple of what is declared for the hedge.",
        (Column("name", "Words"), Column("noise", "Noise", "factor"), Column("noise_sd", "± sd", "decimal")),
        rows,
    )
