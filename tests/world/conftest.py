"""The demonstration world, served once for all tests of this folder, with its outlets known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from alignkit.outlets.loading import load_outlet
from alignkit.outlets.registry import own_outlets
from alignkit.web import PoliteClient
from demo_world import demo_world
from world.collecting import ByHand


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where the world's configuration and archive are."""
    return tmp_path_factory.mktemp("world")


@pytest.fixture(scope="session")
def world(folder):
    with demo_world(folder=folder) as served:
        served.config(folder)
        yield served


@pytest.fixture(scope="module")
def _known_outlets(world, folder):
    """Let alignkit know the world's outlets beside those that ship."""
    world.outlets(folder / "known")
    with own_outlets(map(load_outlet, sorted((folder / "known").iterdir()))):
        yield


@pytest.fixture(scope="module")
def collected(world, folder, _known_outlets):
    """What every site gave, by outlet; the sites are collected side by side."""
    with PoliteClient(world.web_settings()) as client, ThreadPoolExecutor(len(world.sites)) as threads:
        by_hand = ByHand(client, folder)
        found = threads.map(lambda site: by_hand.collect(site.sources), world.sites.values())
        return dict(zip(world.sites, found, strict=True))
