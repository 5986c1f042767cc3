"""What the browser is given: bundled from the sources beside it, asking nothing of others, legible to all."""

import json
import re
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import satrap
from satrap.country import load_pack

WEB = Path(satrap.__file__).parent / "web"
ASSETS, STATIC = WEB / "assets", WEB / "static"
PACKS = ("kp", "by", "cu", "er", "tm")
WITHOUT_OUTLINE = {"KP-14", "KP-15", "TM-S"}  # Nampo, Kaesong, Ashgabat

Array = NDArray[np.float64]


@pytest.mark.skipif(
    shutil.which("node") is None or not (ASSETS / "node_modules").is_dir(), reason="needs Node and `make web`"
)
def test_what_is_committed_is_what_the_sources_give(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=ASSETS, check=True, capture_output=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert made
    for name, content in made.items():
        assert (STATIC / name).read_bytes() == content, f"{name}: run `make web`"


@pytest.mark.parametrize("name", ["app.js", "charts.js", "app.css", "icon.svg"])
def test_nothing_names_another_host(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    hosts = set(re.findall(r"//[a-z0-9.-]+\.[a-z]{2,}", text))
    assert hosts <= {"//www.w3.org"}  # names of XML namespaces


def test_nothing_is_made_from_text_at_run_time() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")]
    assert not [one for one in scripts if re.search(r"\beval\(|\bnew Function\(", one)]


def test_the_licences_of_what_is_passed_on_are_told() -> None:
    notices = (STATIC / "NOTICES.txt").read_text(encoding="utf-8")
    for name in ("@observablehq/plot", "d3-scale", "topojson-client", "datamaps"):
        assert re.search(rf"^{re.escape(name)} \d", notices, re.MULTILINE)


@pytest.mark.parametrize("country", PACKS)
def test_every_province_is_on_the_map(country: str) -> None:
    pack = load_pack(country)
    provinces = [place for place in pack.places.values() if place.parent]
    tiles = [place.tile for place in provinces]
    assert None not in tiles
    assert len(set(tiles)) == len(tiles)
    shapes = json.loads((STATIC / "outlines" / f"{country}.json").read_text(encoding="utf-8"))
    drawn = {shape["id"] for shape in shapes["objects"]["places"]["geometries"]}
    assert drawn == {place.id for place in provinces} - WITHOUT_OUTLINE


def _colours(column: int) -> list[Array]:
    """Of the eight institutions and the page, light (0) or dark (1), in linear sRGB."""
    tokens = (ASSETS / "styles" / "tokens.css").read_text(encoding="utf-8")
    pairs = dict(re.findall(r"--(i\d|paper): light-dark\((#\w{6}, #\w{6})\)", tokens))
    names = [*(f"i{n}" for n in range(1, 9)), "paper"]
    coded = [pairs[name].split(", ")[column] for name in names]
    values = np.array([[int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)] for code in coded])
    return list(np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4))


@pytest.mark.parametrize("column", [0, 1], ids=["light", "dark"])
def test_colours_of_institutions_stand_out_from_the_page(column: int) -> None:
    *institutions, paper = (float(one @ [0.2126, 0.7152, 0.0722]) for one in _colours(column))
    ratios = [(max(one, paper) + 0.05) / (min(one, paper) + 0.05) for one in institutions]
    assert min(ratios) >= 3  # WCAG 2.2, 1.4.11


# Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1.0, on linear sRGB
SIGHT = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("column", [0, 1], ids=["light", "dark"])
def test_colours_of_institutions_are_told_apart(column: int, sight: str) -> None:
    seen = [_oklab(np.clip(SIGHT[sight] @ one, 0, 1)) for one in _colours(column)[:-1]]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 0.11


def _oklab(linear: Array) -> Array:
    """Björn Ottosson's OKLab (2020), https://bottosson.github.io/posts/oklab."""
    cones = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ linear
    )
    return np.asarray(
        np.array(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ]
        )
        @ cones
    )
