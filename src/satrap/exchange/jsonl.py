"""satrap's own form: one public claim a line, with a JSON Schema; nothing public is lost."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from satrap.exchange.context import Context
from satrap.exchange.files import lines
from satrap.exchange.formats import Exporter
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim


@outward("claims as JSON lines")
def write(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """One line a claim, keys sorted."""
    encoder = msgspec.json.Encoder(order="sorted")
    with lines(path) as file:
        for claim in context.each(claims):
            file.write(encoder.encode(claim) + b"\n")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line."""
    made = msgspec.json.schema(PublicClaim)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A claim of satrap", **made}


EXPORTER = Exporter("jsonl", "one claim a line, with all that is public", "application/x-ndjson", write)
