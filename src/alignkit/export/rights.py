"""Whose headlines may be published as text, and whose only be pointed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
from pydantic import BaseModel, ConfigDict

from alignkit.errors import ConfigError

if TYPE_CHECKING:
    from alignkit.config import ExportSettings
    from alignkit.export.configs import TextForm
    from alignkit.export.rows import Rows

ANY_OUTLET: Final = "*"
NO_OUTLET: Final = "(no outlet)"
"""What stands for the outlet of headlines that name none."""

_MOST_NAMED: Final = 10


class OutletRights(BaseModel):
    """What may be done with the headlines of one outlet.

    Attributes:
        headlines: How many of its headlines are in the dataset.
        from_web: How many of them were collected from the web.
        statement: Why their text may be published; None if nothing was stated.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    headlines: int
    from_web: int
    statement: str | None = None


def rights_by_outlet(headlines: Rows, settings: ExportSettings) -> dict[str, OutletRights]:
    """Give the rights of each outlet, in the order of their names."""
    counted = (
        headlines.lazy()
        .group_by(pl.col("outlet").fill_null(NO_OUTLET))
        .agg(pl.len().alias("headlines"), pl.col("collected_at").count().alias("from_web"))
        .sort("outlet")
        .collect()
    )
    return {
        outlet: OutletRights(
            headlines=count,
            from_web=from_web,
            statement=settings.rights.get(outlet, settings.rights.get(ANY_OUTLET)),
        )
        for outlet, count, from_web in counted.iter_rows()
    }


def text_form(rights: dict[str, OutletRights], settings: ExportSettings) -> TextForm:
    """Say whether a dataset holds headlines' text or points to it.

    Headlines that were collected from the web are pointed to. As a pair with half of its text is of no use, one of them
    is enough to make the whole dataset stand-off; only `with_text` and a statement for each of their outlets change that.

    Args:
        rights: The rights of each outlet.
        settings: What the configuration says.

    Raises:
        ConfigError: Text is asked for, and outlets lack a statement.
    """
    from_web = {outlet: right for outlet, right in rights.items() if right.from_web}
    if not from_web:
        return "full"
    if not settings.with_text:
        return "stand-off"
    if lacking := without_statement(from_web):
        raise ConfigError(
            "says nothing about outlets whose headlines come from the web and are to be published with their text",
            column="export.rights",
            value=named(lacking),
            remedy='State why you may, as in: "Name of the outlet" = "with permission of …", or for all as "*"; or leave '
            "out with_text.",
        )
    return "full"


def without_statement(rights: dict[str, OutletRights]) -> list[str]:
    """Name the outlets that lack a statement."""
    return [outlet for outlet, right in rights.items() if right.statement is None]


def named(outlets: list[str]) -> str:
    """Name outlets for a message, not more than a reader wants to see."""
    more = len(outlets) - _MOST_NAMED
    return ", ".join(outlets[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
