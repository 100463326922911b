from __future__ import annotations

import datetime as dt
import sqlite3
from email.utils import format_datetime

import pytest

from alignkit.errors import UsageError
from alignkit.web import FetchError
from web.clients import client_of
from web.faulty_server import endless, in_turn, page, redirect, reset, robots, status, validated

URL = "http://hibari.example/news/1"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "web"


def fetch(server, folder, url=URL, **settings):
    with client_of(server, cache=folder, **settings) as client:
        response = client.fetch(url)
    return response.content, response.from_cache, response.not_modified


def test_what_is_fresh_is_not_asked_for_again(server, folder):
    server.answers["/news/1"] = page(b"first", Cache_Control="max-age=600")
    assert fetch(server, folder) == (b"first", False, False)
    assert fetch(server, folder) == (b"first", True, False)
    assert server.paths().count("/news/1") == 1


def test_what_is_kept_says_of_when_it_is(server, folder):
    an_hour_ago = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(hours=1)
    headers = {"Date": format_datetime(an_hour_ago, usegmt=True), "Cache-Control": "max-age=86400"}

    def _reply(handler):
        handler.send_response_only(200)
        for name, value in (headers | {"Content-Length": "0"}).items():
            handler.send_header(name, value)
        handler.end_headers()

    server.answers["/news/1"] = _reply
    fetch(server, folder)
    with client_of(server, cache=folder) as client:
        assert client.fetch(URL).fetched_at == an_hour_ago


def test_what_has_not_changed_is_not_sent_again(server, folder):
    server.answers["/news/1"] = validated(b"first", Cache_Control="no-cache")
    assert fetch(server, folder) == (b"first", False, False)
    assert fetch(server, folder) == (b"first", True, True)
    assert server.requests[-1].headers["If-None-Match"] == '"1"'


def test_a_page_from_when_it_was_last_modified_is_asked_for_with_that(server, folder):
    server.answers["/news/1"] = page(b"first", Last_Modified="Mon, 12 May 2025 09:30:00 GMT", Cache_Control="no-cache")
    fetch(server, folder)
    server.answers["/news/1"] = status(304)
    assert fetch(server, folder) == (b"first", True, True)
    assert server.requests[-1].headers["If-Modified-Since"] == "Mon, 12 May 2025 09:30:00 GMT"


def test_what_has_changed_is_new(server, folder):
    server.answers["/news/1"] = validated(b"first", Cache_Control="no-cache")
    fetch(server, folder)
    server.answers["/news/1"] = validated(b"second", etag='"2"')
    assert fetch(server, folder) == (b"second", False, False)


def test_what_is_not_to_be_kept_is_not(server, folder):
    server.answers["/news/1"] = page(b"first", Cache_Control="no-store, max-age=600")
    fetch(server, folder)
    assert fetch(server, folder) == (b"first", False, False)


def test_rules_are_asked_for_however_long_they_are_fresh(server, folder):
    server.answers |= {"/robots.txt": robots(""), "/news/1": page(Cache_Control="max-age=600")}
    fetch(server, folder)
    server.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetch(server, folder)


def test_what_is_kept_stays_reserved(server, folder):
    server.answers["/news/1"] = page(Cache_Control="max-age=600", X_Robots_Tag=["otherbot: all", "noai"])
    for _ in range(2):
        with pytest.raises(FetchError, match="noai"):
            fetch(server, folder)
    assert server.paths().count("/news/1") == 1


def test_redirects_are_kept_too(server, folder):
    server.answers |= {"/old": redirect("/news/1", 301), "/news/1": page(b"first", Cache_Control="max-age=600")}
    server.answers["/old"].headers["Cache-Control"] = "max-age=600"
    fetch(server, folder, "http://hibari.example/old")
    assert fetch(server, folder, "http://hibari.example/old") == (b"first", True, False)
    assert server.paths().count("/old") == 1


def test_an_answer_that_breaks_off_is_not_kept(server, folder):
    fresh = {"Cache_Control": "max-age=600"}
    server.answers["/news/1"] = in_turn(reset(b"fir"), page(b"first", **fresh))
    assert fetch(server, folder) == (b"first", False, False)
    server.answers["/news/2"] = endless()
    with pytest.raises(FetchError, match="holds more than"):
        fetch(server, folder, "http://hibari.example/news/2", max_bytes=1000)
    server.answers["/news/2"] = page(b"second", **fresh)
    assert fetch(server, folder, "http://hibari.example/news/2") == (b"second", False, False)


def test_a_kept_page_may_be_too_large_as_well(server, folder):
    server.answers["/news/1"] = page(bytes(1000), Cache_Control="max-age=600")
    fetch(server, folder)
    with pytest.raises(FetchError, match="holds more than 999 bytes"):
        fetch(server, folder, max_bytes=999)


@pytest.mark.parametrize("damage", ["nonsense", "truncated", "overwritten", "other tables", "no content"])
def test_a_damaged_cache_is_dropped(server, folder, damage):
    server.answers["/news/1"] = page(b"first" * 10_000, Cache_Control="max-age=600")
    fetch(server, folder)
    (file,) = folder.glob("*.db")
    _damage(file, damage)
    found = [fetch(server, folder) for _ in range(3)]
    assert [content for content, _, _ in found] == [b"first" * 10_000] * 3
    assert (found[0][1], found[2][1]) == (False, True), "not out of the damaged one, but out of a new one soon"


def test_a_cache_that_is_damaged_while_it_is_used_is_dropped_too(server, folder):
    server.answers["/news/1"] = page(b"first" * 10_000, Cache_Control="max-age=600")
    with client_of(server, cache=folder) as client:
        client.fetch(URL)
        (file,) = folder.glob("*.db")
        _damage(file, "no content")
        assert [client.fetch(URL).from_cache for _ in range(3)] == [False, False, True]


def test_a_locked_cache_is_left_alone(server, folder):
    server.answers["/news/1"] = page(b"first", Cache_Control="max-age=600")
    fetch(server, folder)
    (file,) = folder.glob("*.db")
    before = file.stat().st_ino
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert fetch(server, folder)[0] == b"first"
    other.close()
    assert file.stat().st_ino == before


def test_a_folder_that_cannot_be_made_is_said(server, write):
    with pytest.raises(UsageError, match="'cache': cannot be made"):
        client_of(server, cache=write("file", "") / "web")


def _damage(file, how):
    content = file.read_bytes()
    if how == "nonsense":
        file.write_bytes(b"nonsense" * 1000)
    elif how == "truncated":
        file.write_bytes(content[: len(content) // 2])
    elif how == "overwritten":
        file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    else:
        statements = {"other tables": "ALTER TABLE streams RENAME chunk_data TO x", "no content": "DELETE FROM streams"}
        with sqlite3.connect(file) as database:
            database.execute(statements[how])
        database.close()
