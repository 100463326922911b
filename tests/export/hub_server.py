"""A stand-in for the Hugging Face Hub on loopback: as much of its API as publishing a dataset calls.

It keeps commits whole, as the Hub does, and can be told to refuse a request, to lose its answer, or to let something happen
just before it: `hub.refuse["commit"] = 403`, `hub.lose["commit"] = "after"`, `hub.meanwhile["commit"] = …`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

ADMITTED = "hf_good"
REPO = "user/headlines"
ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"


@dataclass
class Repo:
    """A repository: the files of each commit, and what branches and tags name."""

    private: bool
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    head: str = ""
    tags: dict[str, str] = field(default_factory=dict)

    def commit(self, files):
        """Make a commit with these files and nothing else."""
        self.head = f"{len(self.commits):040x}"
        self.commits[self.head] = dict(files)

    def at(self, revision):
        """Give the files at a branch, tag or commit."""
        return self.commits[self.head if revision == "main" else self.tags.get(revision, revision)]

    @property
    def files(self):
        """The files of the main branch, but the Hub's own."""
        return {path: content for path, content in self.at("main").items() if not path.startswith(".")}


class HubServer(ThreadingHTTPServer):
    """The stand-in.

    Attributes:
        repos: The repositories by name.
        asked: What was asked for, such as 'commit', in order.
        refuse: The status to refuse a kind of request with.
        lose: When to hang up on a kind of request: 'before' or 'after' it was done.
        meanwhile: What is to happen before a kind of request.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint = f"http://127.0.0.1:{self.server_port}"
        self.repos = {}
        self.large = {}
        self.asked = []
        self.refuse = {}
        self.lose = {}
        self.meanwhile = {}

    def create(self, name=REPO, *, private=False):
        """Create a repository, with what the Hub itself puts into it."""
        repo = self.repos[name] = Repo(private)
        repo.commit({".gitattributes": ATTRIBUTES})
        return repo

    def handle_error(self, request, client_address):
        """Say nothing: tests hang up on it."""


@contextmanager
def serving():
    """Serve, until the test is done."""
    with HubServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


_ROUTES = [
    ("create", "POST", r"/api/repos/create"),
    ("validate", "POST", r"/api/validate-yaml"),
    ("refs", "GET", r"/api/datasets/(?P<repo>[^/]+/[^/]+)/refs"),
    ("tree", "GET", r"/api/datasets/(?P<repo>[^/]+/[^/]+)/tree/(?P<revision>[^/]+)"),
    ("preupload", "POST", r"/api/datasets/(?P<repo>[^/]+/[^/]+)/preupload/(?P<revision>[^/]+)"),
    ("commit", "POST", r"/api/datasets/(?P<repo>[^/]+/[^/]+)/commit/(?P<revision>[^/]+)"),
    ("tag", "POST", r"/api/datasets/(?P<repo>[^/]+/[^/]+)/tag/(?P<revision>[^/]+)"),
    ("info", "GET", r"/api/datasets/(?P<repo>[^/]+/[^/]+)"),
    ("batch", "POST", r"/datasets/(?P<repo>[^/]+/[^/]+)\.git/info/lfs/objects/batch"),
    ("upload", "PUT", r"/large/(?P<oid>[0-9a-f]{64})"),
    ("resolve", "(?:GET|HEAD)", r"/datasets/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)"),
]


class _RefusedError(Exception):
    def __init__(self, status, message, code=""):
        self.status, self.message, self.code = status, message, code


class _Handler(BaseHTTPRequestHandler):
    server: HubServer
    protocol_version = "HTTP/1.1"
    timeout = 10
    disable_nagle_algorithm = True

    def do_GET(self):
        hub = self.server
        content = self._content()
        kind, parts = self._route()
        hub.asked.append(kind)
        hub.meanwhile.pop(kind, lambda: None)()
        if hub.lose.get(kind) == "before":
            self.close_connection = True
            return
        try:
            self._admit(kind)
            answer = getattr(self, f"_{kind}")(content, **parts)
        except _RefusedError as refused:
            headers = {"X-Error-Message": refused.message, "X-Error-Code": refused.code}
            self._answer({"error": refused.message}, refused.status, headers)
            return
        if hub.lose.get(kind) == "after":
            self.close_connection = True
        elif answer is not None:
            self._answer(answer)

    def do_HEAD(self):
        self.do_GET()

    def do_POST(self):
        self.do_GET()

    def do_PUT(self):
        self.do_GET()

    def _content(self):
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        content = b""
        while size := int(self.rfile.readline(), 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return content

    def _route(self):
        place = unquote(urlsplit(self.path).path)
        matches = [
            (kind, re.fullmatch(f"{method} {pattern}", f"{self.command} {place}")) for kind, method, pattern in _ROUTES
        ]
        return next((kind, match.groupdict()) for kind, match in matches if match)

    def _admit(self, kind):
        if kind != "upload" and self.headers.get("Authorization") != f"Bearer {ADMITTED}":
            raise _RefusedError(401, "Invalid credentials in Authorization header")
        if kind in self.server.refuse:
            raise _RefusedError(self.server.refuse[kind], "refused by the test")

    # --- what the Hub does --------------------------------------------------------------------------------------------

    def _create(self, content):
        asked = json.loads(content)
        name = f"{asked['organization']}/{asked['name']}"
        if name in self.server.repos:
            raise _RefusedError(409, "You already created this dataset repo")
        self.server.create(name, private=asked.get("visibility") == "private")
        return {"url": f"{self.server.endpoint}/datasets/{name}"}

    def _validate(self, content):
        card = json.loads(content)["content"]
        if "license: nonsense" in card:
            raise _RefusedError(400, "Invalid metadata in README.md")
        return {"errors": [], "warnings": [{"message": "a licence would help"}] if "license" not in card else []}

    def _info(self, _, repo):
        found = self._found(repo)
        return {"id": repo, "sha": found.head, "private": found.private, "siblings": []}

    def _refs(self, _, repo):
        found = self._found(repo)
        return {
            "branches": [{"name": "main", "ref": "refs/heads/main", "targetCommit": found.head}],
            "converts": [],
            "tags": [{"name": n, "ref": f"refs/tags/{n}", "targetCommit": c} for n, c in found.tags.items()],
        }

    def _tree(self, _, repo, revision):
        files = self._found(repo).at(revision).items()
        return [{"type": "file", "path": path, **_described(path, content)} for path, content in sorted(files)]

    def _preupload(self, content, repo, revision):
        there = self._found(repo).at(revision)
        files = json.loads(content)["files"]
        return {
            "files": [
                {
                    "path": file["path"],
                    "uploadMode": "lfs" if _is_large(file["path"]) else "regular",
                    "shouldIgnore": False,
                    "oid": _described(file["path"], there[file["path"]])["oid"] if file["path"] in there else None,
                }
                for file in files
            ]
        }

    def _batch(self, content, repo):
        self._found(repo)
        objects = [
            {"oid": asked["oid"], "size": asked["size"]}
            | (
                {}
                if asked["oid"] in self.server.large
                else {"actions": {"upload": {"href": f"{self.server.endpoint}/large/{asked['oid']}"}}}
            )
            for asked in json.loads(content)["objects"]
        ]
        return {"transfer": "basic", "objects": objects}

    def _upload(self, content, oid):
        if hashlib.sha256(content).hexdigest() != oid:
            raise _RefusedError(400, "the hash is another")
        self.server.large[oid] = content
        return {}

    def _commit(self, content, repo, revision):
        assert revision == "main"
        found = self._found(repo)
        lines = [json.loads(line) for line in content.splitlines()]
        if lines[0]["value"].get("parentCommit", found.head) != found.head:
            raise _RefusedError(412, "A commit has happened since. Please refresh and try again.")
        files = dict(found.at("main"))
        for line in lines[1:]:
            value = line["value"]
            if line["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                files[value["path"]] = self.server.large[value["oid"]]
            else:
                del files[value["path"]]
        found.commit(files)
        return {"commitUrl": f"{self.server.endpoint}/datasets/{repo}/commit/{found.head}", "commitOid": found.head}

    def _tag(self, content, repo, revision):
        found, name = self._found(repo), json.loads(content)["tag"]
        if name in found.tags:
            raise _RefusedError(409, "Tag reference exists already")
        found.tags[name] = revision
        return {}

    def _resolve(self, _, repo, revision, path):
        content = self._found(repo).at(revision)[path]
        headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": revision}
        self._answer(content, headers=headers)

    # --- how it is said -----------------------------------------------------------------------------------------------

    def _found(self, repo):
        if repo not in self.server.repos:
            raise _RefusedError(404, "Repository not found", "RepoNotFound")
        return self.server.repos[repo]

    def _answer(self, answer, status=200, headers=None):
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        pass


def _is_large(path):
    return path.endswith(".parquet")


def _described(path, content):
    """Describe a file as the tree does; a large one is kept elsewhere, and git has what points to it."""
    sha256 = hashlib.sha256(content).hexdigest()
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n" % (sha256.encode(), len(content))
    kept = pointer if _is_large(path) else content
    blob = hashlib.sha1(b"blob %d\0" % len(kept) + kept, usedforsecurity=False).hexdigest()
    large = {"lfs": {"oid": sha256, "size": len(content), "pointerSize": len(pointer)}} if _is_large(path) else {}
    return {"size": len(content), "oid": blob, **large}
