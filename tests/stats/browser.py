"""A real browser for tests: headless Chromium, spoken to over its debugging pipe."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium():
    """Give the path of a Chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def started():
    """Start a browser and give one page of it."""
    to_browser, from_us = os.pipe()
    from_browser, to_us = os.pipe()
    profile = tempfile.mkdtemp(prefix="alignkit-browser-")
    # The browser listens on descriptor 3 and answers on 4.
    shell = f'exec "$0" "$@" 3<&{to_browser} 4>&{to_us}'
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
    quiet = ("--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update")
    command = [chromium(), *options, *quiet, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        ["bash", "-c", shell, *command],
        pass_fds=(to_browser, to_us),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser)
    os.close(to_us)
    try:
        with os.fdopen(from_us, "wb", buffering=0) as writing, os.fdopen(from_browser, "rb") as answers:
            page = Page(writing, answers)
            yield page
            page.close()
            process.wait(10)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


class Page:
    """One page: opened, asked and looked at."""

    def __init__(self, writing, answers):
        self._writing, self._answers = writing, answers
        self._session, self._number = None, 0
        self._events, self._waiting = [], b""
        targets = self._ask("Target.getTargets")["targetInfos"]
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def open(self, path, *, width=1280, height=900, dark=False, fragment=""):
        """Open a file, in a window of that size, and wait until it has loaded."""
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])
        self._ask("Page.navigate", url="about:blank")
        self._events.clear()
        self._ask("Page.navigate", url=f"{Path(path).as_uri()}{fragment}")
        self.ask("new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', done))")
        # Modules have run when the page has loaded; what they put off runs before this.
        self.ask("new Promise((done) => setTimeout(done, 0))")

    def ask(self, expression):
        """Give the value of an expression in the page."""
        answer = self._ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"]["exception"].get("description", answer))
        return answer["result"].get("value")

    def press(self, key):
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self._ask(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode={"Tab": 9}.get(key, 0)
            )

    def complaints(self):
        """Give what went wrong since the page was opened: exceptions, errors in the console, dialogs, refused contents."""
        wrong = (
            "Runtime.exceptionThrown",
            "Page.javascriptDialogOpening",
            "Log.entryAdded",
            "Runtime.consoleAPICalled",
        )
        return [event["params"] for event in self._events if event["method"] in wrong]

    def forget(self):
        """Forget what went wrong so far."""
        self._events.clear()

    def requests(self):
        """Give the addresses that the page has asked for since it was opened."""
        asked = [event["params"] for event in self._events if event["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in asked]

    def picture(self, path, *, whole=False):
        """Take a picture of the window, or of the whole page."""
        shot = self._ask("Page.captureScreenshot", captureBeyondViewport=whole)
        Path(path).write_bytes(base64.b64decode(shot["data"]))

    def pdf(self):
        """Print the page and give the PDF."""
        return base64.b64decode(self._ask("Page.printToPDF", printBackground=False)["data"])

    def close(self):
        """End the browser."""
        self._session = None
        self._ask("Browser.close")

    def _ask(self, method, **params):
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._writing.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._events.append(answer)

    def _next(self):
        while b"\0" not in self._waiting:
            read = self._answers.read1(1 << 16)
            if not read:
                raise AssertionError("the browser has ended")
            self._waiting += read
        message, _, self._waiting = self._waiting.partition(b"\0")
        return json.loads(message)
