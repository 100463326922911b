from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.web import FetchError
from alignkit.web.addresses import is_public, read_place


@pytest.mark.parametrize(
    ("url", "clean", "origin"),
    [
        ("http://hibari.example", "http://hibari.example/", "http://hibari.example"),
        (" HTTPS://Hibari.Example:443/a#b\n", "https://hibari.example/a", "https://hibari.example"),
        ("http://user:secret@hibari.example:80/", "http://hibari.example/", "http://hibari.example"),
        ("http://hibari.example.:8080/?", "http://hibari.example:8080/?", "http://hibari.example:8080"),
        ("http://雲雀.example/湖", "http://xn--8n5avd.example/%E6%B9%96", "http://xn--8n5avd.example"),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]/", "http://[2001:db8::1]"),
    ],
)
def test_an_address_is_put_in_one_form(url, clean, origin):
    place = read_place(url)
    assert (place.url, place.origin) == (clean, origin)


@settings(deadline=None)
@given(st.text() | st.text().map("http://{}".format) | st.text().map("http://hibari.example/{}".format))
def test_any_text_is_an_address_or_none(url):
    try:
        place = read_place(url)
    except FetchError:
        return
    assert place.url.isascii()
    assert place.url.startswith(place.origin)
    assert read_place(place.url) == place


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14", "2002:5db8:d70e::1"],
)
def test_addresses_that_everyone_reaches_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.8.9.10",
        "100.127.255.255",
        "239.1.1.1",
        "240.0.0.1",
        "198.18.0.1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "::",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_addresses_of_a_network_of_its_own_are_not(address):
    assert not is_public(address)
