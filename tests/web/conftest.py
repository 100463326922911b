from __future__ import annotations

import pytest

from web.clients import Clock
from web.faulty_server import serving


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture
def clock():
    return Clock()
