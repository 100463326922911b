"""Importing what only some encoders need."""

from __future__ import annotations

import importlib
from typing import Any

from alignkit.errors import MissingExtraError


def import_extra(module: str, *, package: str, extra: str, purpose: str) -> Any:  # noqa: ANN401 - may have no types
    """Import a module of a package that an extra brings.

    Args:
        module: The module's name.
        package: The name under which the package is installed.
        extra: The extra of alignkit that brings it.
        purpose: What it is needed for, as the start of a message.

    Raises:
        MissingExtraError: It, or what it needs itself, is not installed.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise MissingExtraError(package, extra=extra, purpose=purpose) from None
