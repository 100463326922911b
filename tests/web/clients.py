"""Clients of the faulty server, and a clock that does not make tests wait."""

from __future__ import annotations

import random

from alignkit.web import PoliteClient, WebSettings

CONTACT = "desk@hibari-shimbun.example"


class Clock:
    """A clock that only goes on when somebody sleeps, and remembers how long they did."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
        if seconds:
            self.slept.append(seconds)


def client_of(server, clock=None, **settings):
    """Give a client for whom every site is at this server."""
    clock = clock or Clock()
    wanted = {"contact": CONTACT, "allow_private": True, "connect_to": server.address, "timeout": 5.0} | settings
    return PoliteClient(WebSettings(**wanted), clock=clock, sleep=clock.sleep, rng=random.Random(7))  # noqa: S311 - no secret
