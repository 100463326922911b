"""A dataset's repository on the Hugging Face Hub: what is in it, and one commit to it."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.errors import MissingExtraError, StageError, UsageError

try:
    import httpx2
    import huggingface_hub
    from huggingface_hub.errors import (
        HfHubHTTPError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
except ImportError as error:
    raise MissingExtraError(error.name or "huggingface_hub", extra="export", purpose="publishing a dataset") from None

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from alignkit.export.listing import ListedFile

_NAME: Final = re.compile(r"(?!.*(?:--|\.\.))\w[\w.-]*/\w[\w.-]*(?<!\.git)(?<![.-])", re.ASCII)
_LONGEST_NAME: Final = 96
_UNAUTHORISED: Final = 401
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_CONFLICT: Final = 409
_PRECONDITION_FAILED: Final = 412


class HubError(StageError):
    """The Hub refused something, or could not be asked."""


class LostAnswerError(HubError):
    """The connection was lost: the request may have arrived or not."""


class MovedError(HubError):
    """Somebody else changed the repository in between."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file in a repository.

    Attributes:
        path: Its path.
        blob: What git calls its content; of a large file, of what points to it.
        sha256: The hash of a large file's bytes; None for others.
    """

    path: str
    blob: str
    sha256: str | None

    def is_same(self, file: ListedFile) -> bool:
        """Tell whether a local file has the same content."""
        return self.blob == file.blob if self.sha256 is None else self.sha256 == file.sha256


@dataclass(frozen=True)
class RepoState:
    """What a repository is at one moment.

    Attributes:
        private: Whether only its owners see it.
        head: The commit that its main branch is at.
        tags: The commit of each tag.
    """

    private: bool
    head: str
    tags: dict[str, str]


def check_repo_name(name: str) -> None:
    """Refuse what cannot be the name of a repository.

    Raises:
        UsageError: It is not of the form user/name.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        remedy = "Write user/name or organisation/name."
        raise UsageError("is no name of a dataset on the Hub", column="--repo", value=name, remedy=remedy)


class DatasetRepo:
    """A dataset's repository.

    Args:
        name: Its name, user/name.
        token: What one is known by; None for what the environment or an earlier log-in gives.
        endpoint: The Hub's address; None for HF_ENDPOINT or the public one.

    Raises:
        UsageError: The name is none.
        HubError: There is no token.
    """

    def __init__(self, name: str, *, token: str | None = None, endpoint: str | None = None) -> None:
        check_repo_name(name)
        token = token or huggingface_hub.get_token()
        if token is None:
            raise HubError(
                "publishing needs a token of the Hub, and there is none",
                remedy="Set HF_TOKEN, or run 'hf auth login', with a token that may write; the Hub's settings give one.",
            )
        self.name = name
        self._api = huggingface_hub.HfApi(endpoint=endpoint, token=token)

    def url(self, revision: str) -> str:
        """Give the address at which a revision is shown."""
        return f"{self._api.endpoint}/datasets/{self.name}/tree/{revision}"

    def look(self) -> RepoState | None:
        """Give what the repository is now; None if there is none."""
        with self._asking("looking at the repository"):
            try:
                info = self._api.dataset_info(self.name)
            except RepositoryNotFoundError as error:
                if error.response.status_code == _NOT_FOUND:
                    return None
                raise
            refs = self._api.list_repo_refs(self.name, repo_type="dataset")
        head = next((branch.target_commit for branch in refs.branches if branch.name == "main"), info.sha or "")
        return RepoState(bool(info.private), head, {tag.name: tag.target_commit for tag in refs.tags})

    def create(self, *, private: bool) -> RepoState:
        """Create the repository."""
        with self._asking("creating the repository"):
            self._api.create_repo(self.name, repo_type="dataset", private=private)
        state = self.look()
        if state is None:
            raise HubError("was created, but is not there", path=self.name)
        return state

    def files(self, revision: str) -> dict[str, RemoteFile]:
        """Give the files at a revision by path, but those whose names begin with '.': they are the Hub's own."""
        with self._asking("listing the files"):
            entries = list(self._api.list_repo_tree(self.name, repo_type="dataset", revision=revision, recursive=True))
        return {
            entry.path: RemoteFile(entry.path, entry.blob_id, entry.lfs.sha256 if entry.lfs is not None else None)
            for entry in entries
            if isinstance(entry, huggingface_hub.hf_api.RepoFile)
            and not any(part.startswith(".") for part in entry.path.split("/"))
        }

    def download(self, paths: Sequence[str], revision: str, folder: Path) -> None:
        """Put files of a revision into a folder."""
        with self._asking("reading the version before"):
            for path in paths:
                self._api.hf_hub_download(self.name, path, repo_type="dataset", revision=revision, local_dir=folder)

    def commit(
        self, folder: Path, *, add: Sequence[str], delete: Sequence[str], parent: str, message: str
    ) -> tuple[str, list[str]]:
        """Change files in one commit: all of them, or none.

        Args:
            folder: Where the files to add are.
            add: Their paths.
            delete: Paths of files that are to go.
            parent: The commit that the main branch must be at.
            message: What is said of it.

        Returns:
            The commit, and what the Hub has to say about the card.

        Raises:
            MovedError: The main branch is not at `parent` any more.
            LostAnswerError: The connection was lost: whether the commit was made is not known.
            HubError: The Hub refused it. Nothing was changed.
        """
        additions = [huggingface_hub.CommitOperationAdd(path, folder / path) for path in add]
        deletions = [huggingface_hub.CommitOperationDelete(path, is_folder=False) for path in delete]
        with warnings.catch_warnings(record=True) as said, self._asking("committing"):
            warnings.simplefilter("always")
            # An ignore file in the repository would leave files out without a word.
            self._api.preupload_lfs_files(self.name, additions, repo_type="dataset", gitignore_content="")
            done = self._api.create_commit(
                self.name, [*additions, *deletions], commit_message=message, repo_type="dataset", parent_commit=parent
            )
        return done.oid, [" ".join(str(warning.message).split()) for warning in said if warning.category is UserWarning]

    def tag(self, name: str, revision: str, message: str) -> None:
        """Give a commit a tag.

        Raises:
            MovedError: There is a tag of that name already.
        """
        with self._asking("tagging"):
            self._api.create_tag(self.name, tag=name, tag_message=message, revision=revision, repo_type="dataset")

    @contextmanager
    def _asking(self, doing: str) -> Iterator[None]:
        """Turn what goes wrong with the Hub into one line that says what to do."""
        try:
            yield
        except OfflineModeIsEnabled:
            remedy = "Unset HF_HUB_OFFLINE."
            raise HubError(
                "the Hub is not asked, because HF_HUB_OFFLINE is set", path=self.name, remedy=remedy
            ) from None
        except HfHubHTTPError as error:
            raise self._refused(error, doing) from None
        except (httpx2.HTTPError, ConnectionError, TimeoutError) as error:
            raise self._lost(error, doing) from None
        except (ValueError, RuntimeError, OSError) as error:
            # A file that cannot be uploaded comes as a RuntimeError around what went wrong.
            cause = error.__cause__
            if isinstance(cause, HfHubHTTPError):
                raise self._refused(cause, doing) from None
            if isinstance(cause, httpx2.HTTPError):
                raise self._lost(cause, doing) from None
            raise HubError(f"{doing} failed ({_one_line(error)})", path=self.name) from None

    def _lost(self, error: Exception, doing: str) -> LostAnswerError:
        remedy = "Look at the network, and run the same command again: it goes on where it was."
        return LostAnswerError(
            f"the Hub cannot be reached while {doing} ({_one_line(error)})", path=self.name, remedy=remedy
        )

    def _refused(self, error: HfHubHTTPError, doing: str) -> HubError:
        code = error.response.status_code
        said = error.server_message or error.response.reason_phrase
        if code in {_CONFLICT, _PRECONDITION_FAILED}:
            remedy = "Look at what changed there, and run the same command again."
            return MovedError(f"was changed by somebody else in between ({said})", path=self.name, remedy=remedy)
        if code == _UNAUTHORISED:
            remedy = "Make a new one in the Hub's settings, and set HF_TOKEN or run 'hf auth login'."
            return HubError("the Hub does not know the token", path=self.name, remedy=remedy)
        if code == _FORBIDDEN:
            remedy = "It must be one that may write there: look at its permissions in the Hub's settings."
            return HubError(f"the token may not do that ({doing}: {said})", path=self.name, remedy=remedy)
        if isinstance(error, RevisionNotFoundError):
            return MovedError("has lost a revision that it had", path=self.name, remedy="Run the same command again.")
        return HubError(f"the Hub refused {doing} with status {code} ({_shortened(said)})", path=self.name)


def _one_line(error: Exception) -> str:
    return _shortened(" ".join(str(error).split()) or type(error).__name__)


def _shortened(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
