from __future__ import annotations

import dataclasses

import pytest

from alignkit.errors import UsageError
from alignkit.web import WebSettings

CONTACT = "desk@hibari-shimbun.example"


@pytest.mark.parametrize("contact", ["", "me", "a@b", "https://", "a@b.example\r\nX: y", "https://b.example x"])
def test_nothing_runs_without_a_contact(contact):
    with pytest.raises(UsageError, match="'contact': is no contact"):
        WebSettings(contact=contact)


@pytest.mark.parametrize("name", ["", "Mozilla/5.0 (X11)", "a\r\nb", "1/2"])
def test_the_name_is_one_that_robots_txt_can_name(name):
    with pytest.raises(UsageError, match="'user_agent': is no name of a program"):
        WebSettings(contact=CONTACT, user_agent=name)


@pytest.mark.parametrize(
    "place", ["", "localhost", "localhost:", "localhost:0", "localhost:70000", "http://a:1", "::1:80"]
)
def test_connect_to_is_a_host_and_a_port(place):
    with pytest.raises(UsageError, match="'connect_to': is no host with a port"):
        WebSettings(contact=CONTACT, connect_to=place)


def test_connect_to_may_be_of_ipv6():
    assert WebSettings(contact=CONTACT, connect_to="[::1]:8443").connect_address == ("::1", 8443)


@pytest.mark.parametrize(
    "wrong",
    [{"delay": -1}, {"delay": float("nan")}, {"timeout": 0}, {"max_bytes": 0}, {"retries": -1}, {"max_wait": -1}],
)
def test_numbers_make_sense(wrong):
    (name,) = wrong
    with pytest.raises(UsageError, match=f"'{name}': is "):
        WebSettings(contact=CONTACT, **wrong)


def test_settings_do_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        WebSettings(contact=CONTACT).delay = 0
