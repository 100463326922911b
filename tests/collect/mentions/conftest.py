from __future__ import annotations

import pytest

from alignkit.collect.mentions import Lead, read_mentions
from alignkit.collect.record import Record, Reject
from benchmark_mentions import read_outlets


@pytest.fixture(scope="session")
def outlets():
    """The invented outlets of corpora/mentions."""
    return read_outlets()


@pytest.fixture
def read(outlets):
    """Read a document and give the fields of its headlines, its leads, and its rejects."""

    def _read(content, name="notes.txt", **options):
        items = list(read_mentions(content, name=name, outlets=outlets, **options))
        return (
            [dict(item.fields) for item in items if isinstance(item, Record)],
            [item for item in items if isinstance(item, Lead)],
            [item for item in items if isinstance(item, Reject)],
        )

    return _read
