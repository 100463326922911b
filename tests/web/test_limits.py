from __future__ import annotations

import time
import tracemalloc

import pytest

from alignkit.web import FetchError
from web.clients import client_of
from web.faulty_server import (
    PAGE,
    Reply,
    drip,
    endless,
    endless_nothing,
    gzip_bomb,
    nonsense,
    page,
    reset,
    slow,
    wrong_length,
)

URL = "http://hibari.example/news/1"


def refusal(server, reply, **settings):
    server.answers["/news/1"] = reply
    with client_of(server, **({"retries": 0, "max_bytes": 200_000} | settings)) as client:
        with pytest.raises(FetchError) as error:
            client.fetch(URL)
        server.answers["/news/1"] = page()
        assert client.fetch(URL).content == PAGE, "the host is free again"
    return error.value.refusal


@pytest.mark.parametrize("reply", [slow(), drip(), drip(in_headers=True)])
def test_an_answer_may_take_so_long_and_no_longer_however_it_comes(server, reply):
    started = time.monotonic()
    assert refusal(server, reply, timeout=0.3) == "time"
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "reply", [page(bytes(200_001)), endless(), endless_nothing(), gzip_bomb(3_000_000), gzip_bomb(3_000_000, layers=2)]
)
def test_an_answer_may_hold_so_much_packed_or_not(server, reply):
    assert refusal(server, reply) == "size"


def test_a_bomb_is_not_unpacked(server):
    bomb = gzip_bomb(100_000_000)
    tracemalloc.start()
    assert refusal(server, bomb) == "size"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_one_page_may_be_allowed_less_or_more(server):
    server.answers["/news/1"] = page(bytes(1000))
    with client_of(server, max_bytes=500) as client:
        assert len(client.fetch(URL, max_bytes=1000).content) == 1000
        with pytest.raises(FetchError, match="holds more than 999 bytes"):
            client.fetch(URL, max_bytes=999)


@pytest.mark.parametrize(
    "reply",
    [
        reset(),
        reset(after=b"x" * 100),
        wrong_length(),
        nonsense(),
        Reply(PAGE, headers={"Content-Encoding": "gzip"}),
        Reply(PAGE, headers={"Content-Encoding": "br"}),
        Reply(PAGE, headers={"Content-Length": "many"}),
    ],
)
def test_an_answer_that_breaks_off_or_makes_no_sense_is_none(server, reply):
    assert refusal(server, reply) == "connection"
