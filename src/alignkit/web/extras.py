"""Importing what only reading from the web needs."""

from __future__ import annotations

from functools import partial

from alignkit import extras

import_extra = partial(extras.import_extra, extra="collect", purpose="reading from the web")
"""Import a module of the extra 'collect', or one of alignkit's own that needs it; see `alignkit.extras.import_extra`."""
