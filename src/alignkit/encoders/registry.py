"""Encoders by name: those that come with alignkit, models of sentence-transformers, and those that others register.

A distribution registers an encoder by an entry point of the group `alignkit.encoders`: its name is the encoder's name,
its value a class or a function that is called without arguments. Nothing is imported until the encoder is loaded.
"""

from __future__ import annotations

import importlib.metadata
import logging
import pkgutil
from typing import TYPE_CHECKING, Final

from alignkit.errors import AlignkitError, StageError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.metadata import EntryPoint

    from alignkit.encoders.base import Encoder

ENTRY_POINTS: Final = "alignkit.encoders"
MODEL_PREFIX: Final = "st:"
"""What is written before a sentence-transformers model's name, or before a folder with such a model."""

_BUILT_IN: Final = {"e5": "alignkit.encoders.e5:E5Encoder", "use": "alignkit.encoders.use:UseEncoder"}
_ATTRIBUTES: Final = {"name": str, "version": str, "dimension": int}

_LOG: Final = logging.getLogger(__name__)


def known_encoders() -> list[str]:
    """Give the names of the encoders that can be loaded, sorted, but for models of sentence-transformers."""
    return sorted(_BUILT_IN.keys() | _registered().keys())


def is_known_encoder(name: str) -> bool:
    """Tell whether an encoder has this name, without loading or importing it.

    Whether a model of sentence-transformers (`st:…`) is there is found out only when it is loaded.
    """
    if name.startswith(MODEL_PREFIX):
        return bool(name.removeprefix(MODEL_PREFIX).strip())
    return name in _BUILT_IN or name in _registered()


def describe_known_encoders() -> str:
    """List what may be named, for a message."""
    return f"{', '.join(known_encoders())}, or {MODEL_PREFIX} and a model of sentence-transformers"


def load_encoder(name: str) -> Encoder:
    """Load an encoder by its name.

    Raises:
        UsageError: No encoder has this name.
        MissingExtraError: The package it needs is not installed.
        StageError: It is registered by a distribution but cannot be loaded, or is no encoder; or it is a model that is
            not on this machine.
    """
    if not is_known_encoder(name):
        raise UsageError("is no known encoder", value=name, remedy=f"Known: {describe_known_encoders()}.")
    if name.startswith(MODEL_PREFIX):
        from alignkit.encoders.sentence_transformers import SentenceTransformerEncoder  # noqa: PLC0415 - not for all

        return SentenceTransformerEncoder(name.removeprefix(MODEL_PREFIX).strip())
    if name in _BUILT_IN:
        make: Callable[[], Encoder] = pkgutil.resolve_name(_BUILT_IN[name])
        return make()
    return _load_registered(name, _registered()[name])


def _registered() -> dict[str, list[EntryPoint]]:
    """Give the entry points by name, without those that would stand in for an encoder of alignkit's own."""
    found: dict[str, list[EntryPoint]] = {}
    for entry in importlib.metadata.entry_points(group=ENTRY_POINTS):
        if entry.name in _BUILT_IN or entry.name.startswith(MODEL_PREFIX):
            _LOG.warning("%s registers an encoder %r, a name that is taken: it is left out", _origin(entry), entry.name)
        else:
            found.setdefault(entry.name, []).append(entry)
    return found


def _load_registered(name: str, entries: list[EntryPoint]) -> Encoder:
    if len(entries) > 1:
        origins = " and ".join(sorted(_origin(entry) for entry in entries))
        raise StageError(f"is registered by {origins}", value=name, remedy="Uninstall all but one of them.")
    (entry,) = entries
    try:
        encoder = entry.load()()
    except AlignkitError:
        raise
    except Exception as error:
        problem = f"the encoder {name!r} of {_origin(entry)} cannot be loaded ({type(error).__name__}: {error})"
        raise StageError(problem) from error
    if fault := _fault(encoder, name):
        raise StageError(f"the encoder {name!r} of {_origin(entry)} is no encoder: {fault}")
    checked: Encoder = encoder
    return checked


def _fault(encoder: object, name: str) -> str | None:
    """Say what keeps an object from being the encoder of this name; None if it is one."""
    for attribute, kind in _ATTRIBUTES.items():
        value = getattr(encoder, attribute, None)
        if not isinstance(value, kind) or isinstance(value, bool) or not value:
            return f"its {attribute!r} is {value!r}"
    if encoder.name != name:  # type: ignore[attr-defined]
        return f"its 'name' is {encoder.name!r}"  # type: ignore[attr-defined]
    if encoder.dimension < 1:  # type: ignore[attr-defined]
        return f"its 'dimension' is {encoder.dimension!r}"  # type: ignore[attr-defined]
    return None if callable(getattr(encoder, "encode", None)) else "it has no method 'encode'"


def _origin(entry: EntryPoint) -> str:
    """Name the distribution that an entry point comes from."""
    return f"the distribution {entry.dist.name!r}" if entry.dist is not None else "an unnamed distribution"
