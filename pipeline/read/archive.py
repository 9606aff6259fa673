"""Files that are zips of XML parts, Word's and OpenDocument's: no length is believed that has not been counted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import ReadError
from pipeline.read.plain import LARGEST

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

Element = Any  # lxml's elements, which its stubs keep private
LARGEST_PART = 4 * LARGEST
"""No part of a resolution's file is longer unpacked; more is a mistake or an attack."""


class Kind(NamedTuple):
    """A kind of file as messages name it, and what to save it with."""

    file: str
    program: str


class Archive:
    """An open file of parts.

    Raises ReadError, on opening and reading, for one that is damaged, and for a part that is too long: parts
    are counted as they are unpacked, whatever length the file tells. To be used in a `with` block, which turns the
    errors of zip and XML into ReadErrors.
    """

    def __init__(self, data: bytes, name: str, kind: Kind) -> None:
        self._data, self._name, self._kind = data, name, kind

    def __enter__(self) -> Self:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(self._data))
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise self._damaged(error) from error
        self.names = frozenset(self._file.namelist())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def part(self, path: str) -> Element:
        """Return the root of a part; of one that the file does not have an empty root."""
        from lxml import etree  # noqa: PLC0415 - heavy, and a run over extracted text need not wait for it

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        if path not in self.names:
            return etree.Element("none")
        try:
            return etree.fromstring(self.content(path), parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(error) from error

    def content(self, path: str) -> bytes:
        """Return the bytes of a part that the file has."""
        try:
            with self._file.open(path) as opened:
                content = opened.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise self._damaged(error) from error
        if len(content) > LARGEST_PART:
            msg = f"{self._name}: {path} unpacks to more than a resolution can have; split it into its documents"
            raise ReadError(msg)
        return content

    def _damaged(self, error: Exception) -> ReadError:
        msg = f"{self._name}: a damaged {self._kind.file} ({error}); open it in {self._kind.program} and save it again"
        return ReadError(msg)
