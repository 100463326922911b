"""The stage collect for live sources: one run into a configuration's store."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alignkit.collect.live.run import LiveSettings, Window, collect_live
from alignkit.collect.live.tasks import plan
from alignkit.errors import ConfigError, InputError
from alignkit.progress import silent
from alignkit.store.headline_store import HeadlineStore
from alignkit.user_cache import cache_folder
from alignkit.web import WebSettings

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    import polars as pl

    from alignkit.collect.live.run import LiveResult
    from alignkit.collect.live.tasks import Task
    from alignkit.config import CollectSettings, Config
    from alignkit.progress import Progress


def collect_from_live(
    config: Config,
    *,
    strict: bool = False,
    stop: threading.Event | None = None,
    progress: Progress = silent,
) -> tuple[pl.DataFrame, LiveResult]:
    """Read a configuration's live sources into its store, and give all that is in it.

    Args:
        config: The configuration.
        strict: Whether it is an error that something could not be read. What could is kept all the same.
        stop: Stops the run when it is set.
        progress: Told, outlet by outlet, how far the run is.

    Returns:
        The table `alignkit.schema.HEADLINES` with what the store has in the window of time, and what became of the run.

    Raises:
        ConfigError: Something is to be fetched, and the configuration names no contact.
        InputError: `strict`, and something could not be read.
        StoppedError: `stop` was set.
    """
    tasks = plan(config.live_sources, folder=config.folder, outlets=config.collect.outlets)
    window = window_of(config.collect)
    settings = LiveSettings(
        web=_web(config) if any(task.host for task in tasks) else None,
        window=window,
        max_characters=config.collect.max_characters,
        keeps_content=config.collect.snapshots,
    )
    with HeadlineStore.open(config.store_path) as store:
        result = collect_live(tasks, store, settings=settings, stop=stop, progress=progress)
        if strict and result.rejects:
            raise _as_error(result, tasks)
        return store.headlines(since=window.since, until=window.until), result


def window_of(settings: CollectSettings) -> Window:
    """Give the window of time that settings ask for; a day is its beginning in the settings' time zone."""
    zone = ZoneInfo(settings.timezone)

    def begin(day: dt.date | dt.datetime | None) -> dt.datetime | None:
        if day is None:
            return None
        time = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
        return (time if time.tzinfo else time.replace(tzinfo=zone)).astimezone(dt.UTC)

    return Window(begin(settings.since), begin(settings.until))


def _web(config: Config) -> WebSettings:
    options = config.collect.web
    if options.contact is None:
        raise ConfigError(
            "is missing: nothing is fetched without a way to reach you",
            path=config.folder,
            column="collect.web.contact",
            remedy="Give an e-mail address or a web address of yours.",
        )
    given = options.model_dump(exclude={"ca_file", "cache", "user_agent"})
    if options.user_agent is not None:
        given["user_agent"] = options.user_agent
    return WebSettings(
        **given,
        ca_file=config.folder / options.ca_file if options.ca_file else None,
        cache=config.folder / options.cache if options.cache else cache_folder() / "http",
    )


def _as_error(result: LiveResult, tasks: Sequence[Task]) -> InputError:
    first = result.rejects[0]
    where = f"{len(tasks):,} sources"
    return InputError(f"{len(result.rejects):,} things could not be read, the first: {first}", path=where)
