from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import alignkit
from alignkit.errors import MissingExtraError
from alignkit.web import FetchError, PoliteClient, WebSettings
from web.clients import CONTACT, client_of
from web.faulty_server import PAGE, Reply, page, redirect, robots, slow, status

URL = "http://hibari.example/news/1"


def refusal(server, url, **settings):
    with client_of(server, **settings) as client, pytest.raises(FetchError) as error:
        client.fetch(url)
    return error.value.refusal


def test_a_page_is_fetched_with_all_that_is_known_of_it(server):
    server.answers["/news/1"] = page(Set_Cookie="id=1")
    with client_of(server) as client:
        response = client.fetch(f"{URL}#top")
    assert (response.url, response.final_url, response.status) == (f"{URL}#top", URL, 200)
    assert (response.content, response.content_type) == (PAGE, "text/html; charset=utf-8")
    assert response.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert response.headers["set-cookie"] == "id=1"
    assert (response.from_cache, response.not_modified, response.reservations) == (False, False, ())
    assert dt.timedelta() <= dt.datetime.now(dt.UTC) - response.fetched_at < dt.timedelta(minutes=1)


def test_an_honest_name_goes_along_with_every_request_and_nothing_that_was_handed_out(server):
    server.answers["/news/1"] = page(Set_Cookie="id=1")
    with client_of(server) as client:
        client.fetch(URL)
        client.fetch(URL)
    assert {request.headers["User-Agent"] for request in server.requests} == {
        f"alignkit/{alignkit.__version__} (+{CONTACT})"
    }
    assert all("Cookie" not in request.headers for request in server.requests)
    assert {request.host for request in server.requests} == {"hibari.example"}


def test_the_rules_of_a_site_are_read_first_and_once(server):
    server.answers |= {"/news/1": page(), "/news/2": page()}
    with client_of(server) as client:
        client.fetch(URL)
        client.fetch("http://hibari.example/news/2")
        assert client.counts == {"hibari.example": 4}
    assert server.paths() == ["/robots.txt", "/.well-known/tdmrep.json", "/news/1", "/news/2"]


def test_packed_pages_are_unpacked(server):
    server.answers["/news/1"] = Reply(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    with client_of(server) as client:
        assert client.fetch(URL).content == PAGE


def test_redirects_are_followed_by_the_rules_of_where_they_lead(server):
    server.answers |= {
        "hibari.example/news/1": redirect("//suzume.example/a"),
        "suzume.example/a": redirect("/private/b"),
        "suzume.example/robots.txt": robots("User-agent: *\nDisallow: /private/"),
    }
    assert refusal(server, URL) == "robots"
    assert server.paths("suzume.example") == ["/robots.txt", "/.well-known/tdmrep.json", "/a"]


def test_a_page_says_where_redirects_led(server):
    server.answers |= {"/news/1": redirect("../b", 301), "/b": page()}
    with client_of(server) as client:
        assert client.fetch(URL).final_url == "http://hibari.example/b"


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/news/1", "redirects"),
        ("file:///etc/hostname", "address"),
        ("ftp://hibari.example/", "address"),
        ("http://[::1", "address"),
    ],
)
def test_redirects_that_lead_nowhere_are_refused(server, to, expected):
    server.answers["/news/1"] = redirect(to)
    assert refusal(server, URL) == expected


def test_as_many_redirects_are_followed_as_are_allowed(server):
    server.answers |= {f"/{left}": redirect(f"/{left - 1}") for left in range(1, 7)} | {"/0": page()}
    with client_of(server) as client:
        assert client.fetch("http://hibari.example/5").final_url == "http://hibari.example/0"
    assert refusal(server, "http://hibari.example/6") == "redirects"
    assert refusal(server, "http://hibari.example/1", max_redirects=0) == "redirects"


@pytest.mark.parametrize("code", [204, 201])
def test_any_success_is_a_page(server, code):
    server.answers["/news/1"] = status(code)
    with client_of(server) as client:
        assert client.fetch(URL).status == code


@pytest.mark.parametrize("code", [400, 401, 404, 410, 451])
def test_no_page_is_what_is_not_there(server, code):
    server.answers["/news/1"] = status(code)
    with client_of(server) as client, pytest.raises(FetchError, match=f"news/1: answers with status {code}") as error:
        client.fetch(URL)
    assert (error.value.refusal, error.value.status, error.value.url) == ("status", code, URL)
    assert server.paths().count("/news/1") == 1


def test_several_hosts_are_asked_at_once_but_no_host_twice(server):
    hosts = [f"{name}.example" for name in ("hibari", "suzume", "tsubame")]
    meeting = threading.Barrier(len(hosts), timeout=5)

    def meet(handler):
        meeting.wait()  # Only if all hosts are asked at once does anyone get an answer.
        page()(handler)

    server.answers |= {"/meet": meet, "/slow": slow(0.05)}
    client = PoliteClient(WebSettings(contact=CONTACT, allow_private=True, connect_to=server.address, delay=0))
    urls = [f"http://{host}/{path}" for path in ("meet", "slow", "slow") for host in hosts]
    with client, ThreadPoolExecutor(len(urls)) as pool:
        assert [response.content for response in pool.map(client.fetch, urls)] == [PAGE] * len(urls)
    assert server.together == dict.fromkeys(hosts, 1)
    assert server.paths().count("/robots.txt") == len(hosts)


def test_a_host_is_left_alone_between_the_end_of_an_answer_and_the_next_request(server):
    answered = []

    def _slow(handler):
        slow(0.1)(handler)
        answered.append(time.monotonic())

    server.answers["/slow"] = _slow
    settings = WebSettings(contact=CONTACT, allow_private=True, connect_to=server.address, delay=0.15)
    with PoliteClient(settings) as client:
        client.fetch("http://hibari.example/slow")
        client.fetch("http://hibari.example/slow")
    *_, last = server.times("hibari.example")
    assert last - answered[0] >= 0.14


def test_every_request_waits_its_turn(server, clock):
    server.answers |= {
        "/robots.txt": redirect("/rules"),
        "/rules": robots("User-agent: *\nCrawl-delay: 7"),
        "/news/1": redirect("/b"),
        "/b": page(),
    }
    with client_of(server, clock, delay=3) as client:
        client.fetch(URL)
    assert server.paths() == ["/robots.txt", "/rules", "/.well-known/tdmrep.json", "/news/1", "/b"]
    assert clock.slept == [3, 7, 7, 7]


def test_connections_are_kept(server):
    server.answers["/news/1"] = page()
    with client_of(server) as client:
        client.fetch(URL)
        client.fetch(URL)
        client.fetch("http://suzume.example/news/1")
    assert len({request.connection for request in server.requests}) == 2


@pytest.mark.parametrize("package", ["httpx2", "protego", "hishel"])
def test_a_missing_package_names_the_extra(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"'{package}'.* pip install 'alignkit\[collect\]'"):
        PoliteClient(WebSettings(contact=CONTACT))


def test_importing_needs_none_of_them():
    code = "import sys, alignkit.web; print([m for m in ('httpx2', 'protego', 'hishel') if m in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == "[]\n"
