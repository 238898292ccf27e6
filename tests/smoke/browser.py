"""A headless Chromium driven over its DevTools protocol: pages with sessions of their own, code run inside them."""

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import websocket

PROGRAMS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-translate",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--window-size=1920,1080",
    "--lang=zh-CN",
)


class BrowserFault(Exception):
    """The page did not do what it was told to: its own words."""


class Browser:
    """One Chromium; a context manager, so that it goes with the test."""

    def __enter__(self):
        program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
        if not program:
            raise BrowserFault(f"No browser: none of {', '.join(PROGRAMS)} is installed.")
        self.folder = Path(tempfile.mkdtemp(prefix="smoke-"))
        self.process = subprocess.Popen(
            [program, *OPTIONS, f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "Asia/Shanghai"},  # the people in front of it are at the mill
            start_new_session=True,
        )
        self.port = self._port()
        self.control = Connection(self._json("version")["webSocketDebuggerUrl"])
        return self

    def __exit__(self, *_exception):
        self.control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _port(self):
        told = self.folder / "DevToolsActivePort"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise BrowserFault(f"The browser ended with {self.process.returncode}.")
            if told.exists() and (lines := told.read_text().split()):
                return int(lines[0])
            time.sleep(0.05)
        raise BrowserFault("The browser did not open its port within 60 s.")

    def _json(self, what):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}/json/{what}", timeout=30) as answer:
            return json.load(answer)

    def page(self):
        """Return a page with cookies and storage of its own."""
        context = self.control.send("Target.createBrowserContext")["browserContextId"]
        target = self.control.send("Target.createTarget", url="about:blank", browserContextId=context, width=1920, height=1080)
        page = Page(f"ws://127.0.0.1:{self.port}/devtools/page/{target['targetId']}")
        page.close = lambda: (
            page.connection.close(),
            self.control.send("Target.disposeBrowserContext", browserContextId=context),
        )
        return page


class Connection:
    """One web socket of the protocol: commands and their answers; what else comes is kept as events."""

    def __init__(self, url):
        self.socket = websocket.create_connection(url, timeout=240, suppress_origin=True, http_no_proxy=["*"])
        self.numbers = itertools.count(1)
        self.events = []
        self.lock = threading.RLock()

    def send(self, method, **params):
        with self.lock:
            return self._send(method, params)

    def _send(self, method, params):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserFault(f"{method}: {message['error'].get('message')}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def wait(self, method):
        """Take events until the named one."""
        while True:
            for event in self.events:
                if event["method"] == method:
                    self.events.remove(event)
                    return event["params"]
            message = json.loads(self.socket.recv())
            if "method" in message:
                self.events.append(message)

    def close(self):
        self.socket.close()


class Page:
    """A tab: goes to addresses, runs code, tells what its console complained of."""

    def __init__(self, url):
        self.connection = Connection(url)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.connection.send(f"{domain}.enable")
        self.connection.send("Page.setDownloadBehavior", behavior="deny")

    def cookie(self, url, name, value):
        self.connection.send("Network.setCookie", url=url, name=name, value=value)

    def forget(self, url):
        """Drop what the last user left behind, but not the files that all users load."""
        self.connection.send("Page.navigate", url="about:blank")
        self.connection.wait("Page.loadEventFired")
        self.connection.send("Network.clearBrowserCookies")
        self.connection.send(
            "Storage.clearDataForOrigin", origin=url, storageTypes="local_storage,indexeddb,websql,service_workers"
        )

    def go(self, url):
        self.connection.send("Page.navigate", url=url)
        self.connection.wait("Page.loadEventFired")

    def run(self, code):
        """Run code in the page; return its value, that of a promise when it ends."""
        told = self.connection.send("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise BrowserFault(_said(told["exceptionDetails"]))
        return told["result"].get("value")

    def complaints(self):
        """Return what the page's scripts threw or logged as errors since the last call."""
        found, kept = [], []
        for event in self.connection.events:
            params = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                found.append(_said(params["exceptionDetails"]))
            elif event["method"] == "Runtime.consoleAPICalled" and params["type"] in ("error", "assert"):
                found.append(" ".join(str(arg.get("value") or arg.get("description") or "") for arg in params["args"]))
            elif event["method"] == "Log.entryAdded" and params["entry"]["level"] == "error":
                found.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
            elif event["method"].startswith("Page."):
                kept.append(event)
        self.connection.events[:] = kept
        return found

    def shot(self, path):
        import base64

        Path(path).write_bytes(base64.b64decode(self.connection.send("Page.captureScreenshot")["data"]))


def _said(details):
    thrown = details.get("exception", {})
    return str(thrown.get("description") or thrown.get("value") or details.get("text"))
