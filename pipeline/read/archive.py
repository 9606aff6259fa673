"""Files that are zips of XML parts, Word's and OpenDocument's: no length is believed that has not been counted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import ReadError
from pipeline.limits import refuse_longer, too_much
from pipeline.markup import is_endless

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from pipeline.limits import InputLimits

Element = Any  # lxml's elements, which its stubs keep private
SHORT = 1_000_000
"""Bytes that any part may have, however well it was packed."""
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""What Word and OpenDocument files may use (ISO/IEC 29500-2, annex C; OpenDocument 1.3 part 2, 2.2.1)."""
ENTRY = b"PK\x01\x02"


class Kind(NamedTuple):
    """A kind of file as messages name it, and what to save it with."""

    file: str
    program: str


class Archive:
    """An open file of parts.

    Raises ReadError, on opening and reading, for one that is damaged or past a limit, or whose parts declare a
    document type: they are counted as they are unpacked, whatever length the file tells. To be used in a `with` block.
    """

    def __init__(self, data: bytes, name: str, kind: Kind, limits: InputLimits) -> None:
        self._data, self._name, self._kind, self._limits = data, name, kind, limits
        self._left = limits.zip_part_bytes

    def __enter__(self) -> Self:
        refuse_longer(self._data, self._name, self._limits.zip_bytes, "zip_bytes")
        if self._data.count(ENTRY) > self._limits.zip_parts:  # before a list of them is made
            msg = f"{self._name}: too many parts for a resolution; open it in {self._kind.program} and save it again"
            raise too_much(msg, "zip_parts")
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
        dense = max(SHORT, told.compress_size * self._limits.zip_ratio)
        most = min(self._left, dense)
        content = b""
        if told.file_size <= most:
            try:
                with self._file.open(told) as opened:
                    content = opened.read(most + 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
                raise self._damaged(error) from error
            self._left -= len(content)
        if is_endless(content, self._limits.zip_elements):
            msg = f"{self._name}: {path} has more elements than a resolution can; split it into its documents"
            raise too_much(msg, "zip_elements")
        if max(told.file_size, len(content)) > most:
            msg = f"{self._name}: {path} unpacks to more than a resolution can have; split it into its documents"
            raise too_much(msg, "zip_ratio" if most == dense else "zip_part_bytes")
        return content

    def _damaged(self, error: Exception) -> ReadError:
        return self._refused(f"a damaged {self._kind.file} ({error})")

    def _refused(self, what: str) -> ReadError:
        return ReadError(f"{self._name}: {what}; open it in {self._kind.program} and save it again")
