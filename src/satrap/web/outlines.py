"""Where the outlines of a country's provinces are, for the maps that offer them beside equal squares."""

from importlib.resources import files

from satrap.country import Pack


def outlines(pack: Pack) -> str:
    """The address of their TopoJSON, or nothing: a pack without them has tiles only."""
    name = f"outlines/{pack.code.lower()}.json"
    return f"/static/{name}" if files("satrap.web").joinpath("static", name).is_file() else ""
