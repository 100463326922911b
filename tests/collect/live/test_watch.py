from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import threading

import pytest

from alignkit.collect.live.run import LiveResult, StoppedError
from alignkit.collect.live.watch import LOG, logging_to, parse_interval, stopping, watch
from alignkit.errors import StageError, UsageError

NOW = dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("15m", 900), ("6h", 21_600), ("1d", 86_400), (" 2H ", 7_200)]
)
def test_intervals(text, seconds):
    assert parse_interval(text) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "m", "0m", "-1h", "1.5h", "1w", "15 m", "9999999s"])
def test_what_is_no_interval_is_refused(text):
    with pytest.raises(UsageError, match="such as 15m"):
        parse_interval(text)


def test_runs_follow_each_other_until_it_is_stopped():
    stop, seen = threading.Event(), []

    def run(given):
        seen.append(given)
        if len(seen) == 3:
            stop.set()
        return LiveResult()

    assert watch(run, NOW, stop) == 3
    assert seen == [stop] * 3


def test_a_run_that_fails_is_logged_and_tried_again(tmp_path):
    stop, runs = threading.Event(), iter([StageError("is full", path="disk"), None])

    def run(_):
        problem = next(runs, None)
        if problem is not None:
            raise problem
        stop.set()
        return LiveResult()

    log = tmp_path / "logs" / "collect.log"
    with logging_to(log):
        assert watch(run, NOW, stop) == 2
    text = log.read_text(encoding="utf-8")
    assert "the run failed, and is tried again: disk: is full" in text
    assert "collected: nothing" in text


def test_a_wrong_setting_ends_the_watch():
    def run(_):
        raise UsageError("is no contact")

    with pytest.raises(UsageError):
        watch(run, NOW, threading.Event())


def test_a_run_that_is_stopped_ends_the_watch():
    def run(_):
        raise StoppedError

    assert watch(run, dt.timedelta(days=1), threading.Event()) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_stop_it(number):
    before = signal.getsignal(number)
    with stopping() as stop:
        os.kill(os.getpid(), number)
        assert stop.wait(5)
    assert signal.getsignal(number) is before


def test_the_log_is_begun_anew_when_it_is_large(tmp_path):
    log = tmp_path / "collect.log"
    with logging_to(log):
        for _ in range(60):
            LOG.info("x" * 100_000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["collect.log", "collect.log.1"]
    assert not [handler for handler in LOG.handlers if not isinstance(handler, logging.NullHandler)]
