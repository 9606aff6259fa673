"""Where documents are and where files go: a path of this machine, or the address of a store."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from pipeline.batch.address import Address, located
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import os


class Location(click.Path):
    """A path or an address, as it is given on the command line or in a configuration."""

    name = "path"

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401 - as in click
        """Return the path or address."""
        if isinstance(value, PurePath):
            return value
        try:
            place = located(str(value))
        except UsageError as error:
            raise click.BadParameter(str(error), ctx, param) from None
        return place if isinstance(place, Address) else super().convert(str(place), param, ctx)
