"""satrap's own form on its way in: the claims that another ledger let out."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from satrap.claims import Argument, Source
from satrap.errors import ReportError
from satrap.exchange.formats import Importer
from satrap.exchange.taking import Outcome, Taking, Told, UnreadableError, rebuilt, why
from satrap.protect.public import PublicArgument, PublicClaim, PublicSource


def read(path: Path, _taking: Taking) -> Iterator[Outcome]:
    """The claims of a file that `write` made, by report; lines that are none are errors."""
    told: list[Told] = []
    decoder = msgspec.json.Decoder(PublicClaim)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                told.append(as_told(decoder.decode(line)))
            except (msgspec.MsgspecError, UnreadableError) as fault:
                yield ReportError(f"{path.name}:{number}: {why(fault)}", remedy="mend or remove this line")
    yield from rebuilt(told)


def as_told(claim: PublicClaim) -> Told:
    return Told(
        kind=claim.kind,
        roles={role: tuple(map(_argument, of)) for role, of in claim.roles.items()},
        direction=claim.direction,
        polarity=claim.polarity,
        certainty=claim.certainty,
        horizon=claim.horizon,
        cues=claim.cues,
        when=claim.edtf,
        places=claim.place_ids,
        quote=claim.quote,
        chain=tuple(map(_source, claim.chain)),
        reading=claim.reading,
        publisher=claim.publisher,
        outlet=claim.outlet,
        title=claim.title,
        url=claim.url,
        language=claim.language,
        published=claim.published_edtf,
    )


def _argument(public: PublicArgument) -> Argument:
    """A public argument as the ledger's."""
    return Argument(public.name, public.id, public.tiers, (public.place,) if public.place else ())


def _source(public: PublicSource) -> Source:
    """A public link of a chain as the ledger's."""
    return Source(public.kind, public.place, public.name)


IMPORTER = Importer("jsonl", "what `satrap export jsonl` wrote", read)
