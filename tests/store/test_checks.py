from __future__ import annotations

import sqlite3

import pytest

from alignkit.collect.headlines import derive_id
from alignkit.errors import InputError
from alignkit.store.headline_store import HeadlineStore
from store.store_samples import URL, fetch, row


@pytest.fixture
def path(tmp_path):
    return tmp_path / "headlines.sqlite"


def test_damage_is_found(path):
    content = fetch(content=b"<rss/>")
    with HeadlineStore.open(path) as store:
        store.add(content, [row(), row("甲", url=f"{URL}2")])
    connection = sqlite3.connect(path)
    connection.execute("UPDATE revisions SET text = text || '！' WHERE text = '甲'")
    connection.execute("UPDATE headlines SET current = 1")
    connection.execute("UPDATE revisions SET fetch = 99 WHERE revision = 1")
    connection.execute("UPDATE snapshots SET content = x'00'")
    connection.execute("UPDATE fetches SET reservations = 'none'")
    connection.commit()
    connection.close()
    with HeadlineStore.open(path, read_only=True) as store:
        found = [(finding.check, finding.problem) for finding in store.verify()]
        with pytest.raises(InputError, match="is damaged"):
            store.snapshot(content.sha256)
    assert [check for check, _ in found] == ["references", "current texts", "ids", "snapshots", "reservations"]
    assert found[0][1] == "row 1 of revisions names a row of fetches that is not there"
    assert found[1][1] == "headline 2 has a text of headline 1 as its current one"
    assert found[2][1].startswith(f"{derive_id(row('甲', url=f'{URL}2'))} is not the id of its language, URL and text")


def test_a_file_that_is_cut_off_or_overwritten_is_found_damaged(path):
    with HeadlineStore.open(path) as store:
        store.add(fetch(), [row(f"見出し {n}", url=f"{URL}{n}") for n in range(2000)])
    whole = path.read_bytes()
    half = len(whole) // 2
    path.write_bytes(whole[:half])
    with pytest.raises(InputError, match="is damaged"):
        HeadlineStore.open(path, read_only=True)
    path.write_bytes(whole[:half] + bytes(len(whole) - half))
    with HeadlineStore.open(path, read_only=True) as store:
        assert "file" in {finding.check for finding in store.verify()}
        with pytest.raises(InputError, match="is damaged"):
            store.headlines()
