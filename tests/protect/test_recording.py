"""What is sealed never reaches the ledger's file: neither its database nor its write-ahead log."""

import base64
import zlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tests.publish.builders import DOWN, told

from satrap.claims import Source, SourceKind
from satrap.ledger import Ledger

CANARY = "canary-7f3a9c21"


def encodings(text: str) -> dict[str, bytes]:
    """The ways in which a text may lie in a file without being seen."""
    raw = text.encode()
    return {
        "raw": raw,
        "hex": raw.hex().encode(),
        "base64": base64.b64encode(raw).rstrip(b"=")[:-2],
        "utf-16": text.encode("utf-16-le"),
        "reversed": raw[::-1],
    }


def inflated(data: bytes) -> bytes:
    """The data with every zlib stream in it unpacked after it."""
    found = [data]
    for start in (
        at for at in range(len(data) - 1) if data[at] == 0x78 and data[at + 1] in (1, 94, 156, 218)
    ):
        try:
            found.append(zlib.decompressobj().decompress(data[start:]))
        except zlib.error:
            continue
    return b"".join(found)


def leaks(folder: Path, canary: str = CANARY) -> set[str]:
    """Where, and how encoded, the canary lies in the files of a folder, free pages and logs included."""
    return {
        f"{path.name}: {name}"
        for path in folder.rglob("*")
        if path.is_file()
        for name, wanted in encodings(canary).items()
        if wanted in inflated(path.read_bytes())
    }


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "ledger.db", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))


def test_sealed_fields_are_nowhere_in_the_file(ledger: Ledger, tmp_path: Path) -> None:
    voice = Source(SourceKind.INSIDE_SOURCE, place="KP-09", name=CANARY)
    recorded, report = told("authority", {"holder": "MSS"}, direction=DOWN, voice=voice)
    sealed = msgspec.structs.replace(report, author=CANARY, origin=f"{CANARY}.docx", url=f"file:///{CANARY}")
    assert ledger.record(sealed, [recorded.claim], reader="rules", version="1")
    (kept,) = ledger.claims()
    corrected = kept.claim.clone(said_by=(kept.claim.said_by[0], voice), direction=None)
    ledger.correct(kept.id, corrected)
    assert len(ledger.claims()) == 1
    assert not leaks(tmp_path)


def test_the_search_for_canaries_finds_what_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    recorded, report = told("authority", {"holder": "MSS"}, direction=DOWN, text=f"It fell, {CANARY} says.")
    ledger.record(report, [recorded.claim], reader="rules", version="1")
    assert any("raw" in one for one in leaks(tmp_path))


@pytest.mark.parametrize("name", encodings(CANARY))
def test_the_search_for_canaries_finds_every_encoding(name: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"\0\1" + encodings(CANARY)[name] + b"\2")
    (tmp_path / "z").write_bytes(b"\0\1" + zlib.compress(encodings(CANARY)[name]))
    assert {f"f: {name}", f"z: {name}"} <= leaks(tmp_path)
