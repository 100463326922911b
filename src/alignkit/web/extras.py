"""Importing what only reading from the web needs."""

from __future__ import annotations

import importlib
from typing import Any

from alignkit.errors import MissingExtraError


def import_extra(module: str) -> Any:  # noqa: ANN401 - a module that may have no types
    """Import a module of the extra 'collect', or one of alignkit's own that needs it.

    Raises:
        MissingExtraError: It, or what it needs itself, is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = (error.name or module).partition(".")[0]
        raise MissingExtraError(package, extra="collect", purpose="reading from the web") from None
