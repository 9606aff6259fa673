"""What a reader hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.model import Finding, Link, Place
    from pipeline.text import Repair, Text


class Read(NamedTuple):
    """What was read: the source as decoded, the same as text for the fixers, and what the reader itself changed.

    `places` and `links` are those of a source with pages (`pipeline.model.Source`). `findings` are what the reader
    left out or cannot be sure of, with their spans in the source.
    """

    source: str
    text: Text
    repairs: tuple[Repair, ...] = ()
    places: tuple[Place, ...] | None = None
    links: tuple[Link, ...] | None = None
    findings: tuple[Finding, ...] = ()
