from __future__ import annotations

import datetime as dt
import random
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.web import FetchError
from alignkit.web.retries import backoff, retry_after
from web.clients import client_of
from web.faulty_server import PAGE, in_turn, nonsense, page, redirect, reset, status, wrong_length

URL = "http://hibari.example/news/1"
NOW = dt.datetime(2031, 5, 12, 9, 30, tzinfo=dt.UTC)


def http_date(seconds):
    return format_datetime(NOW + dt.timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "failure",
    [*(status(code) for code in (429, 500, 502, 503, 504)), reset(), reset(b"x"), wrong_length(), nonsense()],
)
def test_what_fails_in_passing_is_tried_again(server, clock, failure):
    server.answers["/news/1"] = in_turn(failure, failure, page())
    with client_of(server, clock, delay=0) as client:
        assert client.fetch(URL).content == PAGE
    assert server.paths().count("/news/1") == 3
    assert 0 < sum(clock.slept) < 1 + 2


@pytest.mark.parametrize(("failure", "refusal"), [(status(500), "status"), (reset(), "connection")])
def test_so_often_and_no_more(server, failure, refusal):
    server.answers["/news/1"] = failure
    with client_of(server, retries=2) as client, pytest.raises(FetchError) as error:
        client.fetch(URL)
    assert error.value.refusal == refusal
    assert server.paths().count("/news/1") == 3


def test_a_second_try_waits_at_least_the_hosts_delay(server, clock):
    server.answers["/news/1"] = in_turn(status(500), page())
    with client_of(server, clock, delay=30) as client:
        client.fetch(URL)
    assert clock.slept == [30, 30, 30]


@pytest.mark.parametrize(
    "headers", [{"Retry-After": "50"}, {"Retry-After": http_date(50), "Date": http_date(0)}, {"Retry-After": " 50 "}]
)
def test_a_host_may_say_when_to_try_again(server, clock, headers):
    server.answers["/news/1"] = in_turn(_only(429, headers), page())
    with client_of(server, clock, delay=0) as client:
        client.fetch(URL)
    assert clock.slept == [50]


def test_a_host_that_wants_to_be_left_alone_for_long_is_left_alone(server, clock):
    server.answers |= {"/news/1": status(503, Retry_After="3600"), "/news/2": page()}
    with client_of(server, clock) as client:
        with pytest.raises(FetchError, match=r"status 503\. Come again after 20\d\d-.* UTC\.") as error:
            client.fetch(URL)
        assert (error.value.refusal, error.value.status) == ("status", 503)
        assert dt.timedelta(minutes=59) < error.value.again_at - dt.datetime.now(dt.UTC) <= dt.timedelta(hours=1)
        with pytest.raises(FetchError, match=r"is not to be asked for now\. Come again after"):
            client.fetch("http://hibari.example/news/2")
        assert "/news/2" not in server.paths()
        clock.now += 3600
        assert client.fetch("http://hibari.example/news/2").status == 200


def test_a_host_may_ask_for_any_time(server):
    server.answers["/news/1"] = status(503, Retry_After="9" * 400)
    with client_of(server) as client, pytest.raises(FetchError, match="Come again after"):
        client.fetch(URL)


def test_what_does_not_pass_is_not_tried_again(server):
    server.answers |= {"/news/1": status(404), "/news/2": redirect("/news/2")}
    with client_of(server) as client:
        for path in ("1", "2"):
            with pytest.raises(FetchError):
                client.fetch(f"http://hibari.example/news/{path}")
    assert server.paths().count("/news/1") == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (http_date(90), 90),
        (http_date(-90), 0),
        ("Mon, 12 May 2031 18:31:00 +0900", 60),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(value, seconds):
    assert retry_after({"retry-after": value}, NOW) == seconds


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_retry_after_is_a_wait_or_none(value, date):
    assert (retry_after({"retry-after": value, "date": date}, NOW) or 0) >= 0


@settings(deadline=None)
@given(st.integers(0, 5000), st.floats(0, 1e6), st.integers())
def test_waits_are_bounded_and_can_be_repeated(attempt, max_wait, seed):
    wait, again = (backoff(attempt, max_wait, random.Random(seed)) for _ in range(2))  # noqa: S311 - no secret
    assert 0 <= wait <= min(max_wait, 2.0 ** min(attempt, 32))
    assert wait == again


def _only(code, headers):
    """Answer with these headers and no date of the server's own."""

    def _reply(handler):
        handler.send_response_only(code)
        for name, value in ({"Content-Length": "0"} | headers).items():
            handler.send_header(name, value)
        handler.end_headers()

    return _reply
