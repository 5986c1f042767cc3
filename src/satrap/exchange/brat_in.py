"""Annotations made with brat as claims: which types are which kinds is a mapping's to say.

Each text with its annotations is a report; each link whose type the mapping names is a claim, quoted from the
first to the last of its words.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap import yamlfile
from satrap.claims import (
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Reading,
    Source,
    SourceKind,
    kinds,
)
from satrap.claims.gold import GoldClaim, GoldVoice
from satrap.errors import ReportError
from satrap.exchange.brat import Annotations, Link, Span, parse
from satrap.exchange.events import MAPPINGS
from satrap.exchange.formats import Importer
from satrap.exchange.taking import Outcome, PassedOver, Taken, Taking, named
from satrap.reports import UNDETERMINED, UNKNOWN, Report

_READING = Reading("brat", "1", 1.0)  # coded by hand
_VOICE = "Voice"  # an argument that is who says it


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sets(_Declared):
    """Fields that an attribute sets."""

    polarity: Polarity | None = None
    certainty: Certainty | None = None
    horizon: Horizon | None = None
    direction: Direction | None = None


class LinkMeaning(_Declared):
    """A type of relation or event as a kind of claim, and which argument fills which role.

    ``joins`` fills a role by other relations that start from the same first argument.
    """

    kind: str
    roles: dict[str, str]
    joins: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _of_the_codebook(self) -> "LinkMeaning":
        if self.kind not in kinds():
            raise ValueError(f"unknown kind of claim {self.kind!r}")
        if not {*self.roles, *self.joins} <= set(kinds()[self.kind].roles):
            raise ValueError(f"roles of {self.kind} are {', '.join(kinds()[self.kind].roles)}")
        return self


class Scheme(_Declared):
    """A scheme of annotation; ``codebook``: types named as our kinds, with arguments named as our roles."""

    codebook: bool = False
    links: dict[str, LinkMeaning] = Field(default_factory=dict)
    attributes: dict[str, Sets] = Field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def meaning(self, link: Link) -> LinkMeaning | None:
        if link.type in self.links:
            return self.links[link.type]
        if self.codebook and link.type in kinds():
            roles = kinds()[link.type].roles
            return LinkMeaning(kind=link.type, roles={role: role for role in roles if role in link.arguments})
        return None

    def sets(self, attributes: Mapping[str, str]) -> dict[str, Any]:
        """The fields that a link's attributes set: as declared, or, by the codebook, named as they are."""
        fields: dict[str, Any] = {}
        for name, value in attributes.items():
            if name in self.attributes:
                fields |= self.attributes[name].model_dump(exclude_none=True)
            elif self.codebook and name in Sets.model_fields:
                fields |= Sets.model_validate({name: value}).model_dump(exclude_none=True)
        return fields


def read(path: Path, taking: Taking) -> Iterator[Outcome]:
    """The annotated texts of a folder, or one: ``name.txt`` with ``name.ann`` beside it."""
    scheme = yamlfile.load(taking.mapping or MAPPINGS.joinpath("brat.yaml"), Scheme, ReportError)
    annotated = sorted(path.glob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    if not annotated:
        raise ReportError(f"{path}: no .ann files", remedy="name a folder with .txt and .ann files")
    for file in annotated:
        try:
            text = file.with_suffix(".txt").read_bytes().decode("utf-8")
            made = parse(file.read_bytes().decode("utf-8"), text, file.name)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            yield ReportError(f"{file.name}: {reason}", remedy="put .txt and .ann side by side, in UTF-8")
            continue
        except ReportError as error:
            yield error
            continue
        report = _report(text, file.stem, taking)
        yield Taken(report, tuple(_claims(made, report, scheme, taking)))
        for link in made.links.values():
            if scheme.meaning(link) is None:
                yield PassedOver(f"{named(link.type)}: no claim of ours")


def gold(claim: Claim, text: str) -> GoldClaim:
    """A claim as a hand-coded one, to score a reader against: its main roles, by name."""
    return GoldClaim(
        id=claim.id,
        report=claim.report,
        start=claim.quote.start,
        end=claim.quote.end,
        quote=text[claim.quote.start : claim.quote.end],
        kind=claim.kind,
        roles={
            role: tuple(frozenset({one.name}) for one in claim.roles[role])
            for role in kinds()[claim.kind].main
            if role in claim.roles
        },
        direction=claim.direction,
        polarity=claim.polarity,
        certainty=claim.certainty,
        horizon=claim.horizon,
        said_by=tuple(GoldVoice(one.kind, one.place, one.name) for one in claim.said_by),
        optional=False,
        when=None,
        because=None,
    )


def _report(text: str, stem: str, taking: Taking) -> Report:
    given = taking.given
    return Report(
        text=text,
        publisher=given.publisher or UNKNOWN,
        title=given.title,
        url=given.url,
        published=given.published,
        language=given.language or UNDETERMINED,
        outlet=given.outlet,
        origin=stem,
    )


def _claims(made: Annotations, report: Report, scheme: Scheme, taking: Taking) -> Iterator[Claim]:
    for link in made.links.values():
        meaning = scheme.meaning(link)
        if meaning is None:
            continue
        filled = {role: _filling(made, link.arguments.get(name, ())) for role, name in meaning.roles.items()}
        filled |= {role: _joined(made, link, types) for role, types in meaning.joins.items()}
        spans = [span for of in filled.values() for span in of]
        spans += made.spans_of(link.id) if link.trigger else ()
        if not spans:
            continue
        voices = [_voice(span, report.text) for span in _filling(made, link.arguments.get(_VOICE, ()))]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        yield Claim(
            report=report.hash,
            quote=Quote.at(report.text, start, end),
            kind=meaning.kind,
            said_by=(Source(SourceKind.PUBLISHER, name=report.publisher), *voices),
            reading=_READING,
            roles={
                role: tuple(_argument(role, span.words(report.text), taking) for span in of)
                for role, of in filled.items()
                if of
            },
            **scheme.sets(made.attributes.get(link.id, {})),
        )


def _filling(made: Annotations, targets: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(span for target in targets for span in made.spans_of(target))


def _joined(made: Annotations, link: Link, types: tuple[str, ...]) -> tuple[Span, ...]:
    """The second arguments of relations of these types from the same first one: those of the first type that
    there is."""
    start = next(iter(link.arguments.values()), ())
    for kind in types:
        others = [
            one for one in made.links.values() if one.type == kind and one.arguments.get("Arg1") == start
        ]
        found = tuple(span for one in others for span in _filling(made, one.arguments.get("Arg2", ())))
        if found:
            return found[:1]
    return ()


def _voice(span: Span, text: str) -> Source:
    """Who says it: the kind where the span's type is one, else unspecified. Its words may name a person."""
    kind = span.type.replace("_", " ").casefold()
    known = SourceKind(kind) if kind in set(SourceKind) else SourceKind.UNSPECIFIED
    return Source(known, name=span.words(text) if known in _BODIES else None)


_BODIES = {SourceKind.MEDIA, SourceKind.STATE_MEDIA, SourceKind.INTELLIGENCE_SERVICE}


def _argument(role: str, words: str, taking: Taking) -> Argument:
    return taking.names.post(words) if role == "post" else taking.names.argument(words)


IMPORTER = Importer("brat", "texts annotated with brat: .txt and .ann files", read)
