from __future__ import annotations

import hashlib
import shutil
import types

import huggingface_hub
import pytest

from alignkit.errors import InputError, StageError, UsageError
from alignkit.export.check import check_dataset
from alignkit.export.hub import HubError, MovedError
from alignkit.export.publish import publish
from export.dataset_samples import exported, pair
from export.hub_server import ADMITTED, REPO, serving


@pytest.fixture(scope="module", autouse=True)
def _session():
    """Close the connections that the tests share."""
    yield
    huggingface_hub.close_session()


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """A Hub of the test's own, asked without waiting between tries."""
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(huggingface_hub.utils._http, "time", types.SimpleNamespace(sleep=lambda _: None))
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A dataset of version 1.0.0, to copy."""
    return exported(tmp_path_factory.mktemp("first") / "dataset")


@pytest.fixture
def folder(first, tmp_path):
    """A dataset of version 1.0.0, to change."""
    return shutil.copytree(first, tmp_path / "dataset")


@pytest.fixture
def send(hub):
    """Publish a folder on that Hub."""

    def _send(folder, **options):
        return publish(folder, REPO, **({"token": ADMITTED, "endpoint": hub.endpoint, "check": lambda _: []} | options))

    return _send


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_dataset_is_published_whole_and_tagged(hub, folder, send):
    published = send(folder, private=True, check=check_dataset)
    repo = hub.repos[REPO]
    assert repo.private
    assert repo.files == contents(folder)
    assert repo.tags == {"v1.0.0": repo.head} == {published.version: published.commit}
    assert published.url == f"{hub.endpoint}/datasets/{REPO}/tree/v1.0.0"
    assert hub.asked.count("commit") == 1
    card = next(file for file in published.files if file.path == "README.md")
    assert card.sha256 == hashlib.sha256((folder / "README.md").read_bytes()).hexdigest()
    assert card.size == (folder / "README.md").stat().st_size


def test_a_dry_run_lists_the_files_and_asks_nobody(hub, folder, send):
    published = send(folder, dry_run=True, token=None)
    assert {file.path for file in published.files} == set(contents(folder))
    assert published.commit is None
    assert hub.asked == []


def test_doing_it_again_changes_nothing(hub, folder, send):
    first = send(folder)
    again = send(folder)
    assert (again.commit, again.uploaded, again.deleted) == (first.commit, (), ())
    assert hub.asked.count("commit") == 1


def test_the_next_version_sends_what_changed_and_deletes_what_is_gone(hub, folder, send):
    send(folder)
    (folder / "extra.txt").write_text("for one version")
    exported(folder, "1.1.0", rows=[pair(number) for number in range(14)])
    hub.repos[REPO].commit(hub.repos[REPO].at("main") | {"extra.txt": b"of before"})
    published = send(folder)
    assert hub.repos[REPO].files == contents(folder)
    assert published.deleted == ("extra.txt",)
    assert set(published.uploaded) < set(contents(folder))
    assert sorted(hub.repos[REPO].tags) == ["v1.0.0", "v1.1.0"]


@pytest.mark.parametrize(
    ("version", "change", "message"),
    [
        ("1.0.0", {"name": "Another name"}, "is published already, with other content .*only the card"),
        ("1.0.2", {"name": "Another name"}, "does not follow v1.0.0 .*to 1.0.1 or 1.1.0 or 2.0.0 and export"),
        ("1.0.1", {"rows": [pair(number) for number in range(14)]}, "pairs: 2 rows more.*to 1.1.0 or 2.0.0 and"),
        ("1.1.0", {"rows": [pair(number) for number in range(11)]}, "pairs: 1 row gone.*to 2.0.0 and"),
        ("1.1.0", {"seed": 5}, r"pairs: \d+ rows? in another split.*to 2.0.0 and"),
        ("0.9.0", {"name": "Another name"}, "does not follow v1.0.0"),
    ],
    ids=["same", "skipped", "rows", "gone", "moved", "back"],
)
def test_a_version_that_does_not_fit_the_change_is_refused(hub, folder, send, version, change, message):
    send(folder)
    before = hub.repos[REPO].head
    exported(folder, version, **change)
    with pytest.raises(UsageError, match=message):
        send(folder)
    assert hub.repos[REPO].head == before
    assert hub.asked.count("commit") == 1


def test_the_version_named_must_be_the_datasets_own(folder, send):
    with pytest.raises(UsageError, match=r"'--revision': is not the version .* v1.0.0: 'v1.2.0'"):
        send(folder, revision="v1.2.0")
    with pytest.raises(UsageError, match=r"Write it as v1\.2\.0"):
        send(folder, revision="latest")
    assert send(folder, revision="v1.0.0").version == "v1.0.0"


def test_a_folder_with_findings_is_not_sent(hub, folder, send):
    (folder / "notes.txt").write_text("call me at once")
    with pytest.raises(StageError, match=r"is not fit to be published: .*notes.txt.* 'alignkit check"):
        send(folder, check=check_dataset)
    assert hub.asked == []


@pytest.mark.parametrize("name", ["headlines", "user/", "a/b/c", "user/a--b", "user/x.git", "../x", "user/名"])
def test_names_that_are_none_are_refused(folder, name):
    with pytest.raises(UsageError, match="is no name of a dataset on the Hub"):
        publish(folder, name, dry_run=True, check=lambda _: [])


def test_a_folder_that_is_no_dataset_is_refused(tmp_path, send):
    with pytest.raises(InputError, match=r"manifest.json: cannot be read"):
        send(tmp_path)


def test_links_are_refused_and_hidden_files_left_out(folder, send, tmp_path):
    (folder / ".DS_Store").write_bytes(b"\0")
    assert ".DS_Store" not in {file.path for file in send(folder, dry_run=True).files}
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "data" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(InputError, match=r"link\.txt: is a link"):
        send(folder)


# --- what is there already --------------------------------------------------------------------------------------------


def test_a_repository_that_all_can_see_is_not_taken_for_a_private_one(hub, folder, send):
    hub.create()
    with pytest.raises(StageError, match="everybody can see it"):
        send(folder, private=True)
    assert send(folder).commit


def test_somebody_elses_files_are_not_deleted(hub, folder, send):
    hub.create().commit({"thesis.pdf": b"years of work", "README.md": b"mine"})
    with pytest.raises(StageError, match=r"holds files that are no dataset of alignkit, such as thesis.pdf"):
        send(folder)
    assert hub.repos[REPO].files["thesis.pdf"]


# --- what can go wrong: nothing is left half-published ----------------------------------------------------------------


def test_without_a_token_it_says_where_to_get_one(hub, folder, send):
    with pytest.raises(HubError, match="Set HF_TOKEN, or run 'hf auth login'"):
        send(folder, token=None)
    stranger = "hf_bad"
    with pytest.raises(HubError, match="the Hub does not know the token"):
        send(folder, token=stranger)
    assert hub.repos == {}


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("info", "broken"),
        ("create", "refused"),
        ("create", "lost"),
        ("preupload", "refused"),
        ("batch", "lost"),
        ("upload", "refused"),
        ("upload", "lost"),
        ("commit", "refused"),
        ("commit", "lost"),
        ("commit", "broken"),
    ],
)
def test_what_fails_before_the_commit_changes_nothing(hub, folder, send, kind, fault):
    if fault == "lost":
        hub.lose[kind] = "before"
    else:
        hub.refuse[kind] = 403 if fault == "refused" else 503
    message = {
        "refused": "the token may not do that",
        "lost": "the Hub cannot be reached",
        "broken": "refused .* with status 503",
    }
    with pytest.raises(HubError, match=message[fault]):
        send(folder)
    assert all(repo.files == {} and repo.tags == {} for repo in hub.repos.values())
    hub.lose, hub.refuse = {}, {}
    send(folder)
    assert hub.repos[REPO].files == contents(folder)


def test_somebody_elses_commit_in_between_is_not_overwritten(hub, folder, send):
    send(folder)
    exported(folder, "1.0.1", name="Another name")
    theirs = {"README.md": b"theirs", "manifest.json": b"{}"}
    hub.meanwhile["commit"] = lambda: hub.repos[REPO].commit(theirs)
    with pytest.raises(MovedError, match="was changed by somebody else in between"):
        send(folder)
    assert hub.repos[REPO].files == theirs
    assert list(hub.repos[REPO].tags) == ["v1.0.0"]


def test_a_commit_whose_answer_was_lost_is_found_and_tagged(hub, folder, send):
    hub.lose["commit"] = "after"
    published = send(folder)
    assert hub.asked.count("commit") == 1
    assert hub.repos[REPO].tags == {"v1.0.0": published.commit}
    assert hub.repos[REPO].files == contents(folder)


def test_a_tag_that_failed_is_made_by_the_same_call_again(hub, folder, send):
    hub.refuse["tag"] = 503
    with pytest.raises(HubError, match=r"was made, but has no tag v1.0.0. Run the same command again"):
        send(folder)
    hub.refuse = {}
    send(folder)
    assert hub.asked.count("commit") == 1
    assert hub.repos[REPO].tags == {"v1.0.0": hub.repos[REPO].head}


def test_a_tag_whose_answer_was_lost_is_found(hub, folder, send):
    hub.lose["tag"] = "after"
    assert send(folder).version == "v1.0.0"


def test_a_folder_that_changes_meanwhile_is_not_tagged(hub, folder, send):
    hub.meanwhile["preupload"] = lambda: (folder / "README.md").write_text("---\nlicense: mit\n---\nother")
    with pytest.raises(HubError, match="holds other files after the commit"):
        send(folder)
    assert hub.repos[REPO].tags == {}


def test_a_card_that_the_hub_refuses_is_said(hub, folder, send):
    card = folder / "README.md"
    card.write_text(card.read_text(encoding="utf-8").replace("license: cc0-1.0", "license: nonsense"), encoding="utf-8")
    with pytest.raises(HubError, match=r"Invalid metadata in README\.md"):
        send(folder)
    assert hub.repos[REPO].files == {}


def test_what_the_hub_says_of_the_card_is_handed_on(folder, send):
    (folder / "README.md").write_text("a card without a front matter")
    assert send(folder).notes == ("Warnings while validating metadata in README.md: - a licence would help",)
