"""Watch mode: a run every so often, until it is asked to stop."""

from __future__ import annotations

import datetime as dt
import logging
import re
import signal
import threading
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

from alignkit.collect.live.run import StoppedError
from alignkit.errors import AlignkitError, ConfigError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from alignkit.collect.live.run import LiveResult

LOG: Final = logging.getLogger("alignkit.collect")

_INTERVAL: Final = re.compile(r"(?P<count>[0-9]{1,6})(?P<unit>[smhd])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_LOG_BYTES: Final = 5_000_000
_LOG_FILES: Final = 5


def parse_interval(text: str) -> dt.timedelta:
    """Read a length of time such as '15m', '6h' or '1d'.

    Raises:
        UsageError: It is none, or is no time at all.
    """
    found = _INTERVAL.fullmatch(text.strip().lower())
    if found is None or not int(found["count"]):
        remedy = "Give a number with s, m, h or d, such as 15m."
        raise UsageError("is no length of time", column="--every", value=text, remedy=remedy)
    return dt.timedelta(seconds=int(found["count"]) * _SECONDS[found["unit"]])


def watch(run: Callable[[threading.Event], LiveResult], every: dt.timedelta, stop: threading.Event) -> int:
    """Run again and again, from one beginning to the next `every` apart, until `stop` is set.

    A run that fails is logged, and the next one tried: a network may be down, a disk full for a while.

    Args:
        run: Makes one run; raises `StoppedError` when the event it is given is set.
        every: The time from the beginning of a run to that of the next; one that takes longer is followed at once.
        stop: Ends the watch.

    Returns:
        How many runs were made.

    Raises:
        UsageError: The settings are wrong, which no later run would change.
        MissingExtraError: Something that is needed is not installed.
    """
    runs = 0
    while not stop.is_set():
        begun = dt.datetime.now(dt.UTC)
        try:
            result = run(stop)
        except StoppedError:
            break
        except (UsageError, ConfigError, MissingExtraError):
            raise
        except AlignkitError as error:
            LOG.error("the run failed, and is tried again: %s", error)  # noqa: TRY400 - the message says it all
        else:
            figures = ", ".join(f"{count:,} {name}" for name, count in result.total.figures().items() if count)
            LOG.info("collected: %s", figures or "nothing")
        runs += 1
        stop.wait(max(0.0, (begun + every - dt.datetime.now(dt.UTC)).total_seconds()))
    LOG.info("stopped after %d runs", runs)
    return runs


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Give an event that SIGTERM and SIGINT set, instead of ending the process."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def logging_to(path: Path | None) -> Iterator[None]:
    """Log to a file, which is begun anew when it has 5 MB and of which five are kept; None: to stderr.

    Raises:
        UsageError: The file cannot be written.
    """
    try:
        if path is None:
            handler: logging.Handler = logging.StreamHandler()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror or error})", path=path, column="--log") from None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        LOG.propagate = True
        handler.close()
