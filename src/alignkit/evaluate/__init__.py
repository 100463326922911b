"""How good a result is: pairs against what people say, and MT systems against reprints.

The package can be called: `alignkit.evaluate(test_set, systems)` is `alignkit.evaluate.stage.evaluate`. As soon as one of
its modules is imported, Python binds the name `evaluate` in `alignkit` to this package, so a function of that name could
not be kept there.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    """A package that is called as its main function."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - those of the function it stands for
        return importlib.import_module(f"{__name__}.stage").evaluate(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
