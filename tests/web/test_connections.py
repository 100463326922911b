from __future__ import annotations

import socket
import ssl

import pytest
import trustme

from alignkit.errors import UsageError
from alignkit.web import FetchError, PoliteClient, WebSettings, addresses
from web.clients import CONTACT, Clock, client_of
from web.faulty_server import PAGE, page, redirect, serving

NOWHERE = "127.0.0.1:9"


def refusal(url, **settings):
    clock = Clock()
    client = PoliteClient(WebSettings(contact=CONTACT, timeout=5, **settings), clock=clock, sleep=clock.sleep)
    with client, pytest.raises(FetchError) as error:
        client.fetch(url)
    return error.value.refusal


@pytest.fixture
def names(monkeypatch):
    """Let names mean addresses: one after the other where a list is given, as by DNS rebinding."""
    known = {}

    def _getaddrinfo(host, port, *_, **__):
        if host.startswith("127.0.0."):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        found = known[host]
        meant = found.pop(0) if isinstance(found, list) and len(found) > 1 else found
        meant = meant[0] if isinstance(meant, list) else meant
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in meant.split()]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", _getaddrinfo)
    return known


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/rss", "file:///etc/hostname", "http:///rss", "http://[::1", "nonsense", "", "http://\ud800.jp/"],
)
def test_what_is_no_address_of_the_web_is_refused(url):
    assert refusal(url, allow_private=True) == "address"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "localhost",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "0.0.0.0",  # noqa: S104 - not to be bound to
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1]",
        "[fd00::1]",
    ],
)
def test_this_machine_and_its_network_are_not_asked(host):
    assert refusal(f"http://{host}/rss") == "address"


def test_an_address_that_leads_to_this_machine_is_refused_before_anything_is_asked(server):
    assert refusal(f"{server.base}/rss") == "address"
    assert refusal("http://hibari.example/", connect_to=server.address) == "address"
    assert server.requests == []


def test_one_private_address_among_others_is_enough(names):
    names["hibari.example"] = "198.51.100.1 93.184.215.14 127.0.0.1"
    assert refusal("http://hibari.example/") == "address"


def test_a_redirect_to_this_machine_is_refused(server, names, monkeypatch):
    names |= {"hibari.example": "127.0.0.1", "inside.example": "127.0.0.2"}
    monkeypatch.setattr("alignkit.web.connections.is_public", lambda address: address == "127.0.0.1")
    port = server.server_port
    server.answers["/moved"] = redirect(f"http://inside.example:{port}/")
    assert refusal(f"http://hibari.example:{port}/moved", allow_private=False) == "address"
    assert server.paths("inside.example") == []


def test_a_name_is_not_looked_up_again_between_the_check_and_the_connection(server, names, monkeypatch):
    names["hibari.example"] = ["127.0.0.1", "127.0.0.2"]
    checked = []
    monkeypatch.setattr("alignkit.web.connections.is_public", lambda address: checked.append(address) or True)
    server.answers["/news/1"] = page()
    with PoliteClient(WebSettings(contact=CONTACT, delay=0, timeout=5)) as client:
        assert client.fetch(f"http://hibari.example:{server.server_port}/news/1").content == PAGE
    assert checked == ["127.0.0.1"]


def test_the_next_address_is_tried_where_one_is_dead(server, names):
    server.answers["/news/1"] = page()
    names["hibari.example"] = "127.0.0.9 127.0.0.1"
    client = PoliteClient(WebSettings(contact=CONTACT, delay=0, timeout=5, allow_private=True))
    with client:
        assert client.fetch(f"http://hibari.example:{server.server_port}/news/1").content == PAGE


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://hibari.invalid/", f"http://{'a' * 300}.example/"])
@pytest.mark.usefixtures("names")
def test_a_host_that_does_not_answer_is_said(url):
    assert refusal(url, allow_private=True) == "connection"


def test_a_port_that_is_none_is_said():
    assert refusal("http://127.0.0.1:99999/", allow_private=True) == "connection"


def test_the_environments_proxies_are_not_used(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{NOWHERE}")
    server.answers["/news/1"] = page()
    with client_of(server) as client:
        assert client.fetch("http://hibari.example/news/1").content == PAGE


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def ca_file(authority, tmp_path):
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return file


@pytest.fixture
def secure_server(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hibari.example").configure_cert(context)
    with serving({"/news/1": page()}, context) as running:
        yield running


def test_a_certificate_is_verified_against_the_name_not_the_address(secure_server, ca_file):
    with client_of(secure_server, ca_file=ca_file) as client:
        assert client.fetch("https://hibari.example/news/1").content == PAGE
        with pytest.raises(FetchError, match=r"cannot be reached .*suzume\.example"):
            client.fetch("https://suzume.example/news/1")
    assert len({request.connection for request in secure_server.requests}) == 1


def test_an_authority_that_is_not_trusted_is_refused_at_once(secure_server, clock):
    with client_of(secure_server, clock) as client, pytest.raises(FetchError, match="cannot be reached"):
        client.fetch("https://hibari.example/news/1")
    assert clock.slept == []


@pytest.mark.parametrize("content", [None, "nonsense"])
def test_certificates_that_cannot_be_read_are_said(server, write, tmp_path, content):
    file = tmp_path / "ca.pem" if content is None else write("ca.pem", content)
    with pytest.raises(UsageError, match=r"'ca_file': cannot be read .*ca\.pem"):
        client_of(server, ca_file=file)
