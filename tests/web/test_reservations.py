from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.web import FetchError, Reservation, meta_reservations
from alignkit.web.reservations import header_reservations
from alignkit.web.tdmrep import Rule, parse_rules, reservations_of
from web.clients import client_of
from web.faulty_server import page, robots, status, tdmrep

URL = "http://hibari.example/news/1"
TDMREP = "/.well-known/tdmrep.json"


def said(reservations):
    return [(reservation.kind, reservation.value) for reservation in reservations]


@pytest.mark.parametrize(
    ("value", "noted"),
    [
        ("noai", ["noai"]),
        ("noai, noimageai", ["noai", "noimageai"]),
        ("NoIndex, NoFollow", ["noindex"]),
        ("none", ["none"]),
        ("otherbot: noai, noindex", []),
        ("alignkit: noai", ["noai"]),
        ("AlignKit: NoAI", ["noai"]),
        ("*: noai", ["noai"]),
        ("noindex, otherbot: noai", ["noindex"]),
        ("otherbot: noindex, alignkit: noai", ["noai"]),
        ("unavailable_after: 25 Jun 2031 15:00:00 GMT, noai", ["noai"]),
        ("max-snippet:-1, max-image-preview: large, noai", ["noai"]),
        ("all, index, noaiohnoes", []),
        ("noai,, noai,", ["noai"]),
        ("", []),
        (": noai", []),
    ],
)
def test_x_robots_tag_is_noted_if_it_is_for_all_or_for_us(value, noted):
    found = header_reservations([("X-Robots-Tag", value)], "alignkit")
    assert said(found) == [("robots", directive) for directive in noted]


def test_each_line_is_for_whom_it_names():
    lines = [("x-robots-tag", "otherbot: noindex"), ("x-robots-tag", "noai"), ("server", "noimageai")]
    assert said(header_reservations(lines, "alignkit")) == [("robots", "noai")]


@pytest.mark.parametrize(
    ("lines", "noted"),
    [
        ([("tdm-reservation", "1")], [("tdm-reservation", "1")]),
        ([("TDM-Reservation", " 1 ")], [("tdm-reservation", "1")]),
        (
            [("tdm-reservation", "1"), ("tdm-policy", "https://hibari.example/policy.json")],
            [("tdm-reservation", "1"), ("tdm-policy", "https://hibari.example/policy.json")],
        ),
        ([("tdm-reservation", "0"), ("tdm-policy", "https://hibari.example/policy.json")], []),
        ([("tdm-policy", "https://hibari.example/policy.json")], []),
        ([("tdm-reservation", "yes")], []),
    ],
)
def test_tdm_headers_are_noted(lines, noted):
    assert said(header_reservations(lines, "alignkit")) == noted


def test_a_pages_own_metas_are_read_likewise():
    metas = [
        ("viewport", "width=device-width"),
        ("ROBOTS", "noindex, noai"),
        ("otherbot", "noimageai"),
        ("alignkit", "noimageai"),
        ("tdm-reservation", "1"),
    ]
    found = meta_reservations(metas, "alignkit")
    assert said(found) == [
        ("robots", "noindex"),
        ("robots", "noai"),
        ("robots", "noimageai"),
        ("tdm-reservation", "1"),
    ]
    assert [reservation.forbids for reservation in found] == [False, True, True, True]
    assert {reservation.where for reservation in found} == {"meta"}


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"X-Robots-Tag": ["otherbot: all", "noai"]}, "is reserved: X-Robots-Tag says noai"),
        ({"tdm-reservation": "1"}, r"is reserved: tdm-reservation is 1 \(header\)"),
    ],
)
def test_a_reserved_page_is_refused_unless_reservations_are_only_noted(server, headers, problem):
    server.answers["/news/1"] = page(**headers)
    with client_of(server) as client, pytest.raises(FetchError, match=problem) as error:
        client.fetch(URL)
    assert error.value.refusal == "reserved"
    with client_of(server, heed_reservations=False) as client:
        assert any(reservation.forbids for reservation in client.fetch(URL).reservations)


def test_what_is_meant_for_search_engines_is_noted_only(server):
    server.answers["/news/1"] = page(X_Robots_Tag="noindex, nofollow")
    with client_of(server) as client:
        assert client.fetch(URL).reservations == (Reservation("robots", "noindex", "header"),)


def test_what_tdmrep_json_reserves_is_not_even_asked_for(server):
    policy = {"tdm-policy": "https://hibari.example/policy"}
    server.answers |= {
        TDMREP: tdmrep(
            [{"location": "/news/", "tdm-reservation": 1} | policy, {"location": "/", "tdm-reservation": 0}]
        ),
        "/news/1": page(),
        "/kurashi/1": page(),
    }
    with client_of(server) as client:
        assert client.fetch("http://hibari.example/kurashi/1").reservations == ()
        with pytest.raises(FetchError, match="tdm-reservation is 1"):
            client.fetch(URL)
    assert (server.paths().count(TDMREP), server.paths().count("/news/1")) == (1, 0)
    with client_of(server, heed_reservations=False) as client:
        assert client.fetch(URL).reservations == (
            Reservation("tdm-reservation", "1", "tdmrep.json"),
            Reservation("tdm-policy", "https://hibari.example/policy", "tdmrep.json"),
        )


@pytest.mark.parametrize("reply", [status(404), status(500), page(), page("[1, {}, null]"), page(b"\xff")])
def test_a_tdmrep_json_that_is_not_there_or_none_reserves_nothing(server, reply):
    server.answers |= {TDMREP: reply, "/news/1": page()}
    with client_of(server, retries=0) as client:
        assert client.fetch(URL).reservations == ()


def test_robots_txt_may_forbid_tdmrep_json(server):
    server.answers |= {"/robots.txt": robots("User-agent: *\nDisallow: /.well-known/"), "/news/1": page()}
    with client_of(server) as client:
        client.fetch(URL)
    assert TDMREP not in server.paths()


@pytest.mark.parametrize(
    ("location", "target", "matches"),
    [
        ("/", "/news/1", True),
        ("*", "/news/1", True),
        ("", "/news/1", True),
        ("/news", "/news/1?a=b", True),
        ("/news/", "/newsletter", False),
        ("/*.html", "/a/b.html?c", True),
        ("/*.html$", "/a/b.html?c", False),
        ("/*.html$", "/a.html/b.html", True),
        ("/news/1$", "/news/1", True),
        ("/news/1$", "/news/10", False),
        ("/a*b*c", "/aXbXc", True),
        ("/a*b*c", "/aXcXb", False),
        ("/ab*ba$", "/aba", False),
        ("/a*$", "/abc", True),
    ],
)
def test_locations_match_as_in_robots_txt(location, target, matches):
    assert Rule(location, ()).matches(target) is matches


def test_of_several_rules_the_longest_counts():
    rules = parse_rules(b'[{"location": "/", "tdm-reservation": 1}, {"location": "/free/", "tdm-reservation": 0}]')
    assert said(reservations_of(rules, "/news/1")) == [("tdm-reservation", "1")]
    assert reservations_of(rules, "/free/1") == ()
    assert reservations_of((), "/free/1") == ()


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.text())), st.sampled_from(["noai", "noimageai"]))
def test_any_headers_are_read_and_ours_are_found_among_them(lines, directive):
    found = header_reservations([*lines, ("x-robots-tag", f"alignkit: {directive}")], "alignkit")
    assert Reservation("robots", directive, "header") in found


@settings(deadline=None)
@given(st.binary() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(repr).map(str.encode))
def test_any_file_gives_rules(content):
    assert all(isinstance(rule, Rule) for rule in parse_rules(content))
