"""An outlet's TOML file, read and checked."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ValidationError

from alignkit.errors import InputError
from alignkit.outlets import model
from alignkit.outlets.model import Outlet

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from pydantic_core import ErrorDetails

_GROUPS: Final[dict[str, type[BaseModel]]] = {
    "domains": model.Domains,
    "titles": model.Titles,
    "credits": model.Credits,
    "feeds": model.Feeds,
    "sitemaps": model.Sitemaps,
    "wire_ids": model.WireIdRule,
    "sections": model.Sections,
}


def load_outlet(path: Path | Traversable) -> Outlet:
    """Read and check an outlet's file; its name, without '.toml', is the outlet's id.

    Args:
        path: The file.

    Raises:
        InputError: It cannot be read, is not TOML, or has a key or value that cannot be; the message names the key.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", path=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not TOML: {error}", path=str(path)) from None
    if "id" in content:
        remedy = "The name of the file is the outlet's id."
        raise InputError("is no key of an outlet's file", path=str(path), column="id", remedy=remedy)
    try:
        return Outlet.model_validate(content | {"id": path.name.removesuffix(".toml")})
    except ValidationError as error:
        errors = error.errors(include_url=False)
        # A misspelt key is also one that is missing; the misspelling says more.
        misspelt = (found for found in errors if found["type"] == "extra_forbidden")
        raise _explain(next(misspelt, errors[0]), str(path)) from None


def _explain(error: ErrorDetails, path: str) -> InputError:
    """Turn one of pydantic's errors into one line that names the key as the file writes it."""
    location = error["loc"]
    if location == ("id",):
        remedy = "Name it in small letters, digits and hyphens, such as 'kahoku-shimpo.toml'."
        return InputError("is no name for an outlet's file", path=path, remedy=remedy)
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    if error["type"] == "extra_forbidden":
        known = sorted(_GROUPS.get(str(location[0]), Outlet).model_fields.keys() - {"id"})
        near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(known)}."
        return InputError("is no known key", path=path, column=key, remedy=remedy)
    if error["type"] == "missing":
        return InputError("is missing", path=path, column=key)
    problem = error["msg"].removeprefix("Value error, ")
    value = error["input"] if isinstance(error["input"], str | int | float | bool) else None
    return InputError(problem[:1].lower() + problem[1:], path=path, column=key or None, value=value)
