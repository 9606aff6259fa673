"""Files that are zips of XML parts, Word's and OpenDocument's: no length is believed that has not been counted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import ReadError
from pipeline.markup import is_endless
from pipeline.read.plain import LARGEST

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

Element = Any  # lxml's elements, which its stubs keep private
LARGEST_PART = 4 * LARGEST
"""All the parts of a resolution's file that are read are not longer unpacked; more is a mistake or an attack."""
MOST_PARTS = 10_000
"""Nor does it have more parts: pictures, mostly."""
MOST_ELEMENTS = 300_000
"""Nor has one of its parts more elements: that of a hundred pages has 60,000."""
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""What Word and OpenDocument files may use (ISO/IEC 29500-2, annex C; OpenDocument 1.3 part 2, 2.2.1)."""
ENTRY = b"PK\x01\x02"


class Kind(NamedTuple):
    """A kind of file as messages name it, and what to save it with."""

    file: str
    program: str


class Archive:
    """An open file of parts.

    Raises ReadError, on opening and reading, for one that is damaged, has too many parts, or parts that are too long
    or declare a document type: they are counted as they are unpacked, whatever length the file tells. To be used in
    a `with` block.
    """

    def __init__(self, data: bytes, name: str, kind: Kind) -> None:
        self._data, self._name, self._kind = data, name, kind
        self._left = LARGEST_PART

    def __enter__(self) -> Self:
        if self._data.count(ENTRY) > MOST_PARTS:  # before a list of them is made
            msg = f"more than {MOST_PARTS:,} parts, which no {self._kind.file} of a resolution has"
            raise self._refused(msg)
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
            root = etree.fromstring(self.content(path), parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            msg = f"{path} declares a document type, which can bring in foreign text"
            raise self._refused(msg)
        return root

    def content(self, path: str) -> bytes:
        """Return the bytes of a part that the file has."""
        told = self._file.getinfo(path)
        if told.compress_type not in PACKINGS:
            msg = f"{path} is packed as in no {self._kind.file}"
            raise self._refused(msg)
        too_long = told.file_size > self._left
        content = b""
        if not too_long:
            try:
                with self._file.open(told) as opened:
                    content = opened.read(self._left + 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
                raise self._damaged(error) from error
            self._left -= len(content)
        if too_long or self._left < 0 or is_endless(content, MOST_ELEMENTS):
            msg = f"{self._name}: {path} unpacks to more than a resolution can have; split it into its documents"
            raise ReadError(msg)
        return content

    def _damaged(self, error: Exception) -> ReadError:
        return self._refused(f"a damaged {self._kind.file} ({error})")

    def _refused(self, what: str) -> ReadError:
        return ReadError(f"{self._name}: {what}; open it in {self._kind.program} and save it again")
