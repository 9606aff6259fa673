"""Files that are zips of XML parts, Word's and OpenDocument's: no length is believed that has not been counted."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import ReadError
from pipeline.limits import refuse_longer, too_much

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from pipeline.limits import InputLimits

Element = Any  # lxml's elements, which its stubs keep private
SHORT = 1_000_000
"""Bytes that any part may have, however well it was packed."""


class Kind(NamedTuple):
    """A kind of file as messages name it, and what to save it with."""

    file: str
    program: str


class Archive:
    """An open file of parts.

    Raises ReadError, on opening and reading, for one that is damaged or past a limit: parts
    are counted as they are unpacked, whatever length the file tells. To be used in a `with` block, which turns the
    errors of zip and XML into ReadErrors.
    """

    def __init__(self, data: bytes, name: str, kind: Kind, limits: InputLimits) -> None:
        self._data, self._name, self._kind, self._limits = data, name, kind, limits

    def __enter__(self) -> Self:
        refuse_longer(self._data, self._name, self._limits.zip_bytes, "zip_bytes")
        try:
            self._file = zipfile.ZipFile(io.BytesIO(self._data))
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise self._damaged(error) from error
        if len(self._file.filelist) > self._limits.zip_parts:
            msg = f"{self._name}: {len(self._file.filelist):,} parts; open it in {self._kind.program} and save it again"
            raise too_much(msg, "zip_parts")
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
            return etree.fromstring(self._unpacked(path), parser)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            etree.XMLSyntaxError,
        ) as error:
            raise self._damaged(error) from error

    def _unpacked(self, path: str) -> bytes:
        most = self._limits.zip_part_bytes
        dense = max(SHORT, self._file.getinfo(path).compress_size * self._limits.zip_ratio)
        with self._file.open(path) as opened:
            content = opened.read(min(most, dense) + 1)
        if len(content) > min(most, dense):
            msg = f"{self._name}: {path} unpacks to more than a resolution can have; split it into its documents"
            raise too_much(msg, "zip_part_bytes" if most <= dense else "zip_ratio")
        return content

    def _damaged(self, error: Exception) -> ReadError:
        msg = f"{self._name}: a damaged {self._kind.file} ({error}); open it in {self._kind.program} and save it again"
        return ReadError(msg)
