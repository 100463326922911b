"""The server that the demonstration world is served with, under the names by which tests know it.

A test gives it answers by path, or by host and path, that say how it misbehaves, and points a client at it with
`connect_to=server.address`. It remembers every request: who was asked for what, and when.
"""

from __future__ import annotations

from world_replies import (
    HTML,
    PAGE,
    Reply,
    drip,
    endless,
    endless_nothing,
    gzip_bomb,
    in_turn,
    nonsense,
    page,
    redirect,
    reset,
    robots,
    slow,
    status,
    tdmrep,
    validated,
    wrong_length,
)
from world_server import Request, serving
from world_server import Server as FaultyServer

__all__ = [
    "HTML",
    "PAGE",
    "FaultyServer",
    "Reply",
    "Request",
    "drip",
    "endless",
    "endless_nothing",
    "gzip_bomb",
    "in_turn",
    "nonsense",
    "page",
    "redirect",
    "reset",
    "robots",
    "serving",
    "slow",
    "status",
    "tdmrep",
    "validated",
    "wrong_length",
]
