"""Importing what only an extra brings."""

from __future__ import annotations

import importlib
from typing import Any

from alignkit.errors import MissingExtraError


def import_extra(module: str, *, extra: str, purpose: str, package: str | None = None) -> Any:  # noqa: ANN401 - may have no types
    """Import a module of a package that an extra brings.

    Args:
        module: The module's name.
        extra: The extra of alignkit that brings it.
        purpose: What it is needed for, as the start of a message.
        package: The name under which the package is installed; None to name the module that is not there.

    Raises:
        MissingExtraError: It, or what it needs itself, is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing = package or (error.name or module).partition(".")[0]
        raise MissingExtraError(missing, extra=extra, purpose=purpose) from None
