"""Serve the demonstration corpus as a small world of news sites on this machine, each under its own name.

    python scripts/demo_world.py                       # https, on any free port; Ctrl-C ends it
    python scripts/demo_world.py --plain --port 8080 --folder build/world

Every outlet of corpora/demo has its own site, its own way of publishing (feeds, sitemaps, list pages, articles, an
archive) and its own robots.txt. What is written into the folder collects all of it: `alignkit build FOLDER` reads the
same headlines as `alignkit build corpora/demo`. From Python::

    with demo_world() as world:
        world.config(folder)       # alignkit.toml, the outlets' files and the web archive
        world.requests             # who was asked for what, and when
        world.fault("500", "shiomi.example/rss.xml")
"""

from __future__ import annotations

import argparse
import ssl
import tempfile
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import trustme

import world_config
from alignkit.web import WebSettings
from world_archive import write_archive
from world_outlets import make_sites
from world_replies import in_turn, reset, slow, status
from world_server import serving
from world_stories import read_stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from world_replies import Answer
    from world_server import Request, Server
    from world_site import Site

Fault = Literal["429", "500", "reset", "slow"]

CONTACT: Final = "researcher@university.example"
_SLOW_SECONDS: Final = 0.5


@dataclass(frozen=True)
class DemoWorld:
    """The sites of the demonstration corpus, being served.

    Attributes:
        sites: The sites, by outlet.
        server: What serves them.
        ca_file: The certificate of the authority that vouches for them; None if they speak plain HTTP.
    """

    sites: Mapping[str, Site]
    server: Server
    ca_file: Path | None

    @property
    def connect_to(self) -> str:
        """The host and port at which all sites are."""
        return self.server.address

    @property
    def requests(self) -> Sequence[Request]:
        """What was asked for, in order."""
        return self.server.requests

    def web_settings(self) -> WebSettings:
        """Give the settings to read its sites with: as quickly as their Crawl-delay allows."""
        return WebSettings(
            contact=CONTACT, delay=0.0, allow_private=True, connect_to=self.connect_to, ca_file=self.ca_file
        )

    def config(self, folder: Path) -> Path:
        """Write an alignkit.toml that collects all sites, with what it needs beside it, and give its path.

        Args:
            folder: Where; its subfolder 'outlets' gets a file for each outlet.
        """
        self.outlets(folder / "outlets")
        self.warc(folder / world_config.ARCHIVE)
        world_config.about(folder)
        path = folder / "alignkit.toml"
        path.write_text(world_config.config_text(self.sites.values(), self.web_settings()), encoding="utf-8")
        return path

    def outlets(self, folder: Path) -> None:
        """Write what is known of each outlet: a file each, as `alignkit.outlets.loading.load_outlet` reads it."""
        folder.mkdir(parents=True, exist_ok=True)
        for site in self.sites.values():
            (folder / world_config.outlet_file(site)).write_text(world_config.outlet_text(site), encoding="utf-8")

    def warc(self, path: Path) -> None:
        """Write a web archive of all articles, those that are gone from their sites included."""
        write_archive(path, self.sites.values())

    def fault(self, kind: Fault, place: str, times: int = 1) -> None:
        """Let a page fail, and then recover.

        Args:
            kind: How it fails: with status 429 and a Retry-After, with status 500, by a reset; 'slow' answers late.
            place: Its host and path, such as 'shiomi.example/rss.xml'.
            times: How many requests fail.
        """
        good = self.server.answers[place]
        faults: dict[Fault, Answer] = {
            "429": status(429, Retry_After="1"),
            "500": status(500),
            "reset": reset(),
            "slow": slow(_SLOW_SECONDS, good),
        }
        self.server.answers[place] = in_turn(*[faults[kind]] * times, good)


@contextmanager
def demo_world(*, port: int = 0, folder: Path | None = None, plain: bool = False) -> Iterator[DemoWorld]:
    """Serve the demonstration corpus until the block is left.

    Args:
        port: Where; any free port if 0.
        folder: Where ca.pem is written; a temporary folder if none is given.
        plain: Whether the sites speak http instead of https.
    """
    sites = make_sites(read_stories(), "http" if plain else "https")
    answers = {f"{site.host}{path}": answer for site in sites.values() for path, answer in site.answers.items()}
    with tempfile.TemporaryDirectory() as temporary:
        ca_file = None if plain else (folder or Path(temporary)) / "ca.pem"
        context = None if ca_file is None else _certified((site.host for site in sites.values()), ca_file)
        with serving(answers, context, port=port) as server:
            yield DemoWorld(sites, server, ca_file)


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="where to listen (default: any free port)")
    parser.add_argument(
        "--folder", type=Path, default=Path("build/world"), help="where files go (default: build/world)"
    )
    parser.add_argument("--plain", action="store_true", help="speak http instead of https")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(KeyboardInterrupt), demo_world(port=options.port, folder=folder, plain=options.plain) as world:
        print(_summary(world, world.config(folder)), flush=True)
        threading.Event().wait()


def _summary(world: DemoWorld, config: Path) -> str:
    settings = world.web_settings()
    lines = [f"{'outlet':<20}{'site':<32}{'headlines':>9}  collected from"]
    for site in world.sites.values():
        kinds = ", ".join(dict.fromkeys(str(source["kind"]) for source in site.sources))
        lines.append(f"{site.outlet:<20}{site.base:<32}{len(site.stories):>9}  {kinds}")
    lines += ["", "[collect.web]", f'connect_to = "{settings.connect_to}"', "allow_private = true"]
    lines += [f'ca_file = "{world.ca_file}"'] if world.ca_file is not None else []
    return "\n".join([*lines, "", f"Configuration: {config}", f"Outlets:       {config.parent / 'outlets'}"])


def _certified(hosts: Iterable[str], ca_file: Path) -> ssl.SSLContext:
    """Give a context of TLS that shows each host's own certificate, and write that of their authority."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    contexts = {}
    for host in hosts:
        contexts[host] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(contexts[host])

    def choose(connection: ssl.SSLObject | ssl.SSLSocket, host: str | None, _context: ssl.SSLContext) -> int | None:
        if host not in contexts:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = contexts[host]
        return None

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = choose
    return context


if __name__ == "__main__":
    main()
