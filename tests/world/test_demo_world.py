"""The world as a server: names, certificates, faults, and the command that starts it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tomllib
from dataclasses import replace

import pytest

from alignkit.config import load_config
from alignkit.outlets.loading import load_outlet
from alignkit.web import FetchError, PoliteClient
from conftest import ROOT
from demo_world import demo_world
from web.clients import Clock
from world_config import ARCHIVE


def client_of(world, **changes):
    clock = Clock()
    settings = replace(world.web_settings(), **changes)
    return PoliteClient(settings, clock=clock, sleep=clock.sleep, rng=random.Random(7))  # noqa: S311 - no secret


def test_every_site_shows_a_certificate_of_its_own(world):
    with client_of(world) as client:
        for site in world.sites.values():
            assert "Crawl-delay" in client.fetch(f"{site.base}/robots.txt").content.decode()


def test_a_host_that_is_not_of_the_world_is_not_vouched_for(world):
    with client_of(world, retries=0) as client, pytest.raises(FetchError) as error:
        client.fetch("https://elsewhere.example/")
    assert error.value.refusal == "connection"


@pytest.mark.parametrize("kind", ["429", "500", "reset"])
def test_a_page_can_be_made_to_fail_and_then_recovers(kind):
    with demo_world(plain=True) as world, client_of(world) as client:
        world.fault(kind, "shiomi.example/rss.xml", times=2)
        answer = client.fetch("http://shiomi.example/rss.xml")
        assert answer.content == world.sites["Shiomi Nippo"].answers["/rss.xml"].content
        assert world.server.paths("shiomi.example").count("/rss.xml") == 3


def test_a_page_can_be_made_to_answer_late():
    with demo_world(plain=True) as world:
        world.fault("slow", "shiomi.example/rss.xml")
        with client_of(world, timeout=0.2) as client:
            with pytest.raises(FetchError) as error:
                client.fetch("http://shiomi.example/rss.xml")
            assert error.value.refusal == "time"
            assert client.fetch("http://shiomi.example/rss.xml").status == 200


def test_the_files_that_it_writes_are_in_order(world, folder):
    config = load_config(folder)
    assert {source.outlet for source in config.sources} == set(world.sites)
    assert (config.collect.web.connect_to, config.collect.web.ca_file) == (world.connect_to, str(world.ca_file))
    outlets = [load_outlet(path) for path in sorted((folder / "outlets").iterdir())]
    assert {outlet.name_en for outlet in outlets} == set(world.sites)


def test_an_archive_written_twice_is_the_same(world, folder, tmp_path):
    world.warc(tmp_path / "again.warc.gz")
    assert (tmp_path / "again.warc.gz").read_bytes() == (folder / ARCHIVE).read_bytes()


def test_the_command_serves_until_it_is_interrupted(tmp_path):
    command = [sys.executable, ROOT / "scripts" / "demo_world.py", "--plain", "--folder", tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        printed = "".join(iter(running.stdout.readline, f"Outlets:       {tmp_path / 'outlets'}\n"))
        running.send_signal(signal.SIGINT)
    assert running.returncode == 0
    settings = tomllib.loads(printed[printed.index("[collect.web]") : printed.index("Configuration:")])
    assert settings["collect"]["web"]["allow_private"] is True
    assert settings["collect"]["web"]["connect_to"] == load_config(tmp_path).collect.web.connect_to
