"""Datasets of Hugging Face, in a folder or on the Hub: headlines, or pairs of them, row by row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alignkit.collect.dataset_rows import find_layout
from alignkit.collect.record import Reject
from alignkit.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alignkit.collect.record import Records
    from alignkit.schema import Language

_HUB_NAME: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)?")


def read_huggingface(
    name: str | Path,
    *,
    config: str | None = None,
    split: str | None = None,
    text_column: str | None = None,
    lang: Language | None = None,
    en_column: str | None = None,
    ja_column: str | None = None,
) -> Records:
    """Read a dataset as it streams, so that memory does not grow with it.

    It may have any of these columns: `translation`, with en and ja in it; `en` and `ja`; `text` and `lang`; or those of a
    dataset that alignkit exported, whose headlines come with their ids, outlets, addresses and dates, each once.

    Args:
        name: The folder, or the name on the Hub (user/name).
        config: The configuration; None for the dataset's default.
        split: The split; None for all of them.
        text_column: The column with the headline, where it is not called text, headline, title or sentence.
        lang: The language of all texts, where no column names it.
        en_column: The column with the English text of a pair, where it is not called en.
        ja_column: The column with the Japanese text, likewise.

    Yields:
        A `Record` for each headline. Partners have the same place, 'SPLIT row N', which is also their identity. A
        `Reject` for what is empty or not text, and for the rest of a split that is damaged.

    Raises:
        InputError: There is no such dataset, configuration, split or column (the message lists those that are), or the
            dataset cannot be read at all, or the Hub cannot be reached.
        MissingExtraError: The package datasets is not installed.
    """
    splits = _open(name, config, split)
    seen: set[str] = set()
    for split_name, rows in splits.items():
        number = 0
        layout = None
        reading = _Reading(name, rows)
        for number, row in enumerate(reading, 1):
            layout = layout or find_layout(
                row, str(name), text_column=text_column, lang=lang, en_column=en_column, ja_column=ja_column
            )
            yield from layout(number, f"{split_name} row {number}", row, seen)
        if reading.damage:
            yield Reject(
                number + 1, f"split {split_name!r} {reading.damage}; nothing after it was read", dropped="file"
            )


class _Reading:
    """The rows of a split, up to where they cannot be read.

    Attributes:
        damage: Why it ended before its end; '' if it did not.
    """

    def __init__(self, name: str | Path, rows: Iterable[dict[str, Any]]) -> None:
        self._name = name
        self._rows = rows
        self.damage = ""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        begun = False
        left = iter(self._rows)
        while True:
            try:
                row = next(left)
            except StopIteration:
                return
            except Exception as error:  # noqa: BLE001 - each format's reader raises what it likes
                if not begun:
                    raise _unreadable(self._name, error) from None
                self.damage = f"cannot be read on ({_first_line(error)})"
                return
            begun = True
            yield row


def _open(name: str | Path, config: str | None, split: str | None) -> Mapping[str, Iterable[dict[str, Any]]]:
    """Give the rows of each split that is wanted, by its name."""
    datasets = _import_datasets()
    where = _place(name)
    try:
        configs = list(datasets.get_dataset_config_names(where))
        default = datasets.get_dataset_default_config_name(where)
    except Exception as error:  # noqa: BLE001 - as above
        raise _unreadable(name, error) from None
    if config is not None and config not in configs:
        raise _none_such(name, "configuration", config, configs)
    if config is None and default is None:
        problem = "has several configurations and no default one"
        raise InputError(problem, path=name, remedy=f"Name one of: {', '.join(configs)}.")
    try:
        splits = datasets.load_dataset(where, config or default, streaming=True)
    except Exception as error:  # noqa: BLE001 - as above
        raise _unreadable(name, error) from None
    if split is None:
        return dict(splits)
    if split not in splits:
        raise _none_such(name, "split", split, list(splits))
    return {split: splits[split]}


def _place(name: str | Path) -> str:
    """Give what `datasets` is to load: a folder that is there, or a name on the Hub."""
    if Path(name).is_dir():
        return str(name)
    if isinstance(name, Path) or not _HUB_NAME.fullmatch(name) or name.startswith("."):
        problem = "is a file, not a dataset's folder" if Path(name).is_file() else "does not exist"
        raise InputError(problem, path=name, remedy="Give a folder, or a dataset's name on the Hub (user/name).")
    return name


def _unreadable(name: str | Path, error: Exception) -> InputError:
    if isinstance(error, ConnectionError) or type(error).__module__.startswith("httpx"):
        remedy = "Look at the network, and at HF_ENDPOINT and HF_HUB_OFFLINE; a folder needs neither."
        return InputError(f"cannot be had from the Hub ({_first_line(error)})", path=name, remedy=remedy)
    return InputError(f"is no dataset that can be read ({_first_line(error)})", path=name)


def _none_such(name: str | Path, what: str, wanted: str, known: list[str]) -> InputError:
    return InputError(f"has no {what} of that name", path=name, value=wanted, remedy=f"It has: {', '.join(known)}.")


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def _import_datasets() -> Any:  # noqa: ANN401 - a module without types
    try:
        import datasets  # noqa: PLC0415
    except ImportError as error:
        purpose = "reading a dataset of Hugging Face"
        raise MissingExtraError(error.name or "datasets", extra="export", purpose=purpose) from None
    return datasets
