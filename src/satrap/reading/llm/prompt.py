"""What a model is told and asked. The report goes in as JSON strings: data, apart from the instructions."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from satrap.claims import Claim, SourceKind, kinds
from satrap.reading.layout import Sentence
from satrap.reading.llm.endpoint import Message


@cache
def instructions() -> str:
    """The same for every report: the task, then kinds and roles and voices as the codebook names them."""
    text = files(__package__).joinpath("instructions.md").read_text(encoding="utf-8")
    coded = "\n".join(
        f"- {schema.kind}{'*' if schema.directional else ''}: main roles {', '.join(schema.main)}"
        + (f"; may have {', '.join(schema.other)}" if schema.other else "")
        for schema in kinds().values()
    )
    voices = ", ".join(kind for kind in SourceKind if kind is not SourceKind.PUBLISHER)
    return f"{text}\nKinds of claim and their roles:\n{coded}\n\nKinds of voice: {voices}\n"


def version() -> str:
    """Changes with every word of the instructions."""
    return hashlib.sha256(instructions().encode()).hexdigest()[:8]


def question(text: str, sentences: Sequence[Sentence], unsure: Sequence[Claim]) -> str:
    """A stretch of a report as JSON."""
    return msgspec.json.encode(
        {
            "sentences": [
                {"number": one.number, "text": text[one.start : one.end]} for one in sentences if one.prose
            ],
            "candidates": [
                {
                    "candidate": number,
                    "kind": claim.kind,
                    "quote": claim.quote.exact,
                    "roles": {role: [one.name for one in filled] for role, filled in claim.roles.items()},
                }
                for number, claim in enumerate(unsure, 1)
            ],
        }
    ).decode()


def messages(asked: str) -> list[Message]:
    return [{"role": "system", "content": instructions()}, {"role": "user", "content": asked}]
