"""Where what is worth keeping between runs lies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

CACHE_VARIABLE: Final = "ALIGNKIT_CACHE_DIR"


def cache_folder() -> Path:
    """Give the folder of the caches: what ALIGNKIT_CACHE_DIR says, else the user's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_cache_path("alignkit")
