"""The report: one published text."""

import hashlib

import msgspec

from satrap.claims import When

UNDETERMINED = "und"  # ISO 639-2: too short, too mixed or too wordless to tell


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One published text, in the words that were published.

    ``outlet`` is who first told it where the publisher reprints or cites another; ``published`` is None
    where it is unknown, never guessed. ``language`` is an ISO 639 code. ``author`` is a published byline,
    never who typed or sent the file. ``origin`` says where the text came from (a row id, a file name without
    its folder), ``provenance`` where each field of the rest came from (:class:`satrap.reports.Found`).
    """

    text: str
    publisher: str
    title: str | None = None
    url: str | None = None
    published: When | None = None
    language: str = "en"
    outlet: str | None = None
    author: str | None = None
    origin: str | None = None
    provenance: dict[str, str] = {}

    @property
    def hash(self) -> str:
        """SHA-256 of the text (UTF-8, hex): what quotes are anchored in; it makes re-reading idempotent.

        The publisher and the day are part of it: two outlets printing the same words are two reports.
        """
        published = self.published.edtf if self.published else ""
        return hashlib.sha256("\x1f".join((self.publisher, published, self.text)).encode()).hexdigest()
