"""What a parser is given: bytes, with a name for messages."""

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self, cast

from satrap.errors import ReportError

LARGEST = 50 * 1024 * 1024  # bytes; one report beyond this is an archive, not a report
HEAD = 4096  # bytes that tell a form


@dataclass(frozen=True)
class Original:
    """A file, a stream or bytes: ``where`` is how messages name it, ``name`` what a report keeps of that.

    ``charset`` is what a carrier (HTTP, a mail) says its text is encoded in, ``url`` the address it was
    fetched from.
    """

    where: str
    name: str
    handle: Callable[[], AbstractContextManager[io.BufferedReader]]
    charset: str | None = None
    url: str | None = None

    @classmethod
    def file(cls, path: Path) -> Self:
        return cls(str(path), path.name, lambda: path.open("rb"))

    @classmethod
    def stream(cls, name: str, stream: BinaryIO) -> Self:
        """Something that can be read once, such as standard input; it is left open."""
        reader = cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(stream))
        return cls(name, name, lambda: nullcontext(reader))

    @classmethod
    def of(
        cls,
        data: bytes,
        where: str,
        name: str | None = None,
        charset: str | None = None,
        url: str | None = None,
    ) -> Self:
        """Bytes at hand, such as one part of a larger file."""
        return cls(where, name or where, lambda: io.BufferedReader(io.BytesIO(data)), charset, url)

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader]:
        """A handle on the bytes; ReportError where there are none to be had, or no more."""
        try:
            with self.handle() as handle:
                yield handle
        except OSError as error:
            raise ReportError(
                f"{self.where}: {error.strerror or error}", remedy="check the path, its permissions, its disk"
            ) from error

    def head(self) -> bytes:
        """The first bytes, left to be read again."""
        with self.open() as handle:
            return handle.peek(HEAD)[:HEAD]

    def read(self) -> bytes:
        """All of it; raises ReportError where that is nothing, or more than a report can be."""
        with self.open() as handle:
            data = handle.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ReportError(
                f"{self.where}: more than {LARGEST >> 20} MB", remedy="split it into its reports"
            )
        if not data.strip():
            raise ReportError(f"{self.where}: empty", remedy="check the export that made it, or leave it out")
        return data

    def text(self) -> str:
        """Its text; raises ReportError with the remedy where it holds none, or none that decodes."""
        return decoded(self.read(), self.where, self.charset)


def decoded(data: bytes, where: str, charset: str | None = None) -> str:
    """Bytes as text: by their byte order mark, by ``charset``, as UTF-8; never by a guess."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    elif charset is None or data.startswith(codecs.BOM_UTF8):
        charset = "utf-8-sig"
    if b"\0" in data and charset != "utf-16":
        raise ReportError(f"{where}: a binary file", remedy="save it as plain text (UTF-8)")
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{where}: not {charset.removesuffix('-sig').upper()} at byte {error.start}",
            remedy="convert it, e.g. `iconv -f CP949 -t UTF-8`",
        ) from error
    except LookupError as error:
        raise ReportError(
            f"{where}: in an unknown encoding, {charset!r}", remedy="convert it to UTF-8"
        ) from error
    if not text.strip():
        raise ReportError(f"{where}: empty", remedy="check the export that made it, or leave it out")
    return text
