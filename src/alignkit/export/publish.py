"""Publishing a dataset on the Hugging Face Hub: checked, in one commit, under a version that fits what changed."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from alignkit.errors import StageError, UsageError
from alignkit.export.dataset_manifest import CARD_FILE, MANIFEST_FILE, read_manifest
from alignkit.export.hub import DatasetRepo, HubError, LostAnswerError, MovedError, check_repo_name
from alignkit.export.listing import list_files
from alignkit.export.versions import (
    LEVELS,
    dataset_version,
    files_to_compare,
    find_changes,
    parse_version,
    weight,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from alignkit.export.hub import RemoteFile, RepoState
    from alignkit.export.listing import ListedFile
    from alignkit.export.versions import Version

_MOST_FINDINGS: Final = 3


class Finding(Protocol):
    """Something that speaks against publishing a folder."""

    @property
    def code(self) -> str:
        """What it is, in one word."""

    @property
    def message(self) -> str:
        """What it is, in a clause."""

    @property
    def path(self) -> str:
        """The file it is in."""


@dataclass(frozen=True)
class Published:
    """What was published, or would be.

    Attributes:
        repo: The repository.
        version: The version, which is also the tag.
        files: All files of the version.
        uploaded: Paths of those that were not there as they are.
        deleted: Paths of files that were there, and are not in this version.
        commit: The commit; None where nothing was sent.
        url: Where it is shown; None likewise.
        notes: What the Hub has to say about the card.
    """

    repo: str
    version: str
    files: tuple[ListedFile, ...]
    uploaded: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    commit: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Give the fields as a plain dictionary."""
        return asdict(self)


def publish(  # noqa: PLR0913 - keywords, all with defaults
    folder: Path,
    repo: str,
    *,
    private: bool = False,
    revision: str | None = None,
    token: str | None = None,
    dry_run: bool = False,
    endpoint: str | None = None,
    check: Callable[[Path], Sequence[Finding]] | None = None,
) -> Published:
    """Publish a dataset's folder as one commit with a tag; files of the repository that it does not have are deleted.

    Nothing is sent before everything was looked at: the folder's check, the token, the repository, and whether the version
    fits what changed since the highest one that is there (`alignkit.export.versions`). The commit is made on the state that
    was looked at, or not at all. Where it was made and the tag was not, the same call goes on with the tag; where all is
    there already, it does nothing.

    Args:
        folder: The folder, as `alignkit export` writes it.
        repo: The repository, user/name; it is created if it is not there.
        private: Whether only its owners may see it. One that all can see is not made private, but refused.
        revision: The version, such as v1.2.0, which must be the one that the dataset says it has; None for that.
        token: What one is known by to the Hub; None for HF_TOKEN or an earlier log-in.
        dry_run: Whether to ask nobody and send nothing.
        endpoint: The Hub's address; None for HF_ENDPOINT or the public one.
        check: Gives what speaks against publishing; None for `alignkit.export.check.check_dataset`.

    Raises:
        UsageError: The repository's name or the version cannot be used.
        InputError: The folder is no dataset, or cannot be read.
        StageError: The check found something, or the repository holds something else.
        HubError: There is no token, or the Hub refused or could not be reached; the message says whether anything was
            changed.
    """
    check_repo_name(repo)
    version = _chosen_version(folder, revision)
    files = list_files(folder)
    _require_no_finding(folder, check or _default_check())
    if dry_run:
        return Published(repo, str(version), files)
    remote = DatasetRepo(repo, token=token, endpoint=endpoint)
    state = remote.look()
    if state is not None:
        _require_ours(remote, state, private=private)
        done = _require_next(remote, state, folder, files, version)
        if done is not None:
            return done
    else:
        state = remote.create(private=private)
    return _send(remote, state, folder, files, version)


def _chosen_version(folder: Path, revision: str | None) -> Version:
    said = dataset_version(read_manifest(folder), folder)
    if revision is None:
        return said
    wanted = parse_version(revision)
    if wanted is None:
        raise UsageError("is no semantic version", column="--revision", value=revision, remedy="Write it as v1.2.0.")
    if wanted != said:
        raise UsageError(
            f"is not the version that the dataset says it has, {said}",
            column="--revision",
            value=revision,
            remedy=f"Set its version to {str(wanted)[1:]} and export it again, or publish it as {said}.",
        )
    return wanted


def _default_check() -> Callable[[Path], Sequence[Finding]]:
    from alignkit.export.check import check_dataset  # noqa: PLC0415 - it takes long to import

    return check_dataset


def _require_no_finding(folder: Path, check: Callable[[Path], Sequence[Finding]]) -> None:
    findings = check(folder)
    if not findings:
        return
    first = findings[:_MOST_FINDINGS]
    shown = "; ".join(f"{finding.path} {finding.message} ({finding.code})".strip() for finding in first)
    more = len(findings) - _MOST_FINDINGS
    raise StageError(
        f"is not fit to be published: {shown}" + (f"; and {more:,} more" if more > 0 else ""),
        path=folder,
        remedy=f"'alignkit check {folder}' shows all that was found.",
    )


def _require_ours(remote: DatasetRepo, state: RepoState, *, private: bool) -> None:
    """Refuse a repository that everybody sees where a private one is wanted, and one that holds something else."""
    if private and not state.private:
        remedy = "Make it private in its settings on the Hub, or name another."
        raise StageError("is there already, and everybody can see it", path=remote.name, remedy=remedy)
    there = remote.files(state.head).keys() - {CARD_FILE}
    if there and MANIFEST_FILE not in there:
        raise StageError(
            f"holds files that are no dataset of alignkit, such as {min(there)}; they would be deleted",
            path=remote.name,
            remedy="Name another repository, or empty this one.",
        )


def _require_next(
    remote: DatasetRepo, state: RepoState, folder: Path, files: Sequence[ListedFile], version: Version
) -> Published | None:
    """Refuse a version that does not fit what changed since the highest one; give what is there if it is this."""
    commits = {found: commit for tag, commit in state.tags.items() if (found := parse_version(tag)) is not None}
    if not commits:
        return None
    if version in commits and _is_same(remote.files(commits[version]), files):
        url = remote.url(str(version))
        return Published(remote.name, str(version), tuple(files), commit=commits[version], url=url)
    latest = max(commits)
    if _is_same(remote.files(commits[latest]), files):
        raise UsageError(f"is published already, as {latest}, with the same content", path=remote.name)
    with tempfile.TemporaryDirectory(prefix="alignkit-") as temporary:
        before = Path(temporary)
        remote.download([MANIFEST_FILE], commits[latest], before)
        remote.download(files_to_compare(read_manifest(before), read_manifest(folder)), commits[latest], before)
        changes = find_changes(before, folder)
    accepted = [latest.raised(level) for level in LEVELS[LEVELS.index(weight(changes)) :]]
    if version in accepted:
        return None
    what = "; ".join(change.what for change in changes) or "only the card, or how files are written"
    problem = "is published already, with other content" if version in commits else f"does not follow {latest}"
    raise UsageError(
        f"version {version} {problem} (changed since {latest}: {what})",
        path=remote.name,
        remedy=f"Set the dataset's version to {' or '.join(str(each)[1:] for each in accepted)} and export it again.",
    )


def _is_same(there: Mapping[str, RemoteFile], files: Sequence[ListedFile]) -> bool:
    return there.keys() == {file.path for file in files} and not _changed(there, files)


def _changed(there: Mapping[str, RemoteFile], files: Sequence[ListedFile]) -> tuple[str, ...]:
    return tuple(file.path for file in files if file.path not in there or not there[file.path].is_same(file))


def _send(
    remote: DatasetRepo, state: RepoState, folder: Path, files: Sequence[ListedFile], version: Version
) -> Published:
    """Make the commit, unless it is there already, look at what it holds, and tag it."""
    there = remote.files(state.head)
    uploaded = _changed(there, files)
    deleted = tuple(sorted(there.keys() - {file.path for file in files}))
    commit, notes = state.head, list[str]()
    if uploaded or deleted:
        message = f"Publish {version}"
        try:
            commit, notes = remote.commit(folder, add=uploaded, delete=deleted, parent=state.head, message=message)
        except LostAnswerError as error:
            commit = _commit_after_all(remote, state, files, error)
        if not _is_same(remote.files(commit), files):
            raise HubError(
                f"holds other files after the commit {commit} than were sent, and was not tagged",
                path=remote.name,
                remedy="Did the folder change meanwhile? Run the same command again.",
            )
    _tag(remote, str(version), commit)
    return Published(
        remote.name,
        str(version),
        tuple(files),
        uploaded=uploaded,
        deleted=deleted,
        commit=commit,
        url=remote.url(str(version)),
        notes=tuple(notes),
    )


def _commit_after_all(
    remote: DatasetRepo, before: RepoState, files: Sequence[ListedFile], lost: LostAnswerError
) -> str:
    """Give the commit if it was made although no answer came.

    Raises:
        HubError: It was not, or that cannot be found out.
    """
    now = remote.look()
    if now is not None and now.head != before.head and _is_same(remote.files(now.head), files):
        return now.head
    became = "nothing was changed there" if now is not None and now.head == before.head else "somebody else changed it"
    raise HubError(f"{lost.problem}; {became}", path=remote.name, remedy=lost.remedy) from None


def _tag(remote: DatasetRepo, version: str, commit: str) -> None:
    try:
        remote.tag(version, commit, f"Version {version}")
    except HubError as error:
        state = remote.look() if isinstance(error, LostAnswerError | MovedError) else None
        if state is not None and state.tags.get(version) == commit:
            return
        raise HubError(
            f"{error.problem}: the commit {commit} was made, but has no tag {version}",
            path=remote.name,
            remedy="Run the same command again: it only tags then.",
        ) from None
