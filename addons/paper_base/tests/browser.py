"""What browser tests of the web client need, whatever distribution of Odoo they run on."""

import json
import threading
import time
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from odoo.tests.common import ChromeBrowser

# Stripped from some distributions of Odoo; its absence is an error in the browser's console.
STRIPPED = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def leave_out_stripped_file(test_class):
    """Take the file that may be missing out of the web client's assets, for the tests of a class."""
    test_class.env["ir.asset"].create(
        {"name": "stripped file", "bundle": "web.assets_backend", "directive": "remove", "path": STRIPPED}
    )


_SHOWN = """[...document.querySelectorAll(%s)].some(
    (element) => element.checkVisibility({ checkVisibilityCSS: true }) && element.textContent.includes(%s)
)"""
KEY_CODES = {"Enter": 13, "Tab": 9}
BETWEEN_KEYS = 0.01  # seconds from a key to the next, as a barcode reader types
# Where a person would press on an element: its middle, if nothing lies over it; nothing as long as it is not there.
_POINT = """(async (selector, text, patience) => {
    const breath = () => new Promise((resolve) => setTimeout(resolve, 60));
    const end = performance.now() + patience;
    let last = "";
    while (performance.now() < end) {
        const found = [...document.querySelectorAll(selector)].find(
            (element) => element.checkVisibility({ checkVisibilityCSS: true }) && element.textContent.includes(text)
        );
        if (found) {
            found.scrollIntoView({ block: "center", behavior: "instant" });
            const box = found.getBoundingClientRect();
            const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
            const hit = document.elementFromPoint(point.x, point.y);
            const key = JSON.stringify(point);
            if (hit && (found.contains(hit) || hit.contains(found)) && !found.disabled && key === last) {
                return point;
            }
            last = key;
        }
        await breath();
    }
    return null;
})"""


class Person:
    """Somebody in front of a browser. Each press of the mouse is a real one of the browser's, and is counted."""

    def __init__(self, test, browser):
        self.test, self.browser, self.clicks = test, browser, 0
        self.at_rest = True

    def enters(self, login, path="/odoo"):
        """Log in and open the first page; the count starts anew."""
        self.rests()
        self.test.authenticate(login, login, browser=self.browser)
        self.goes(path)

    def rests(self):
        """Leave the page and wait for the server: the test may look at the database, which it shares with the requests."""
        self.browser.navigate_to("about:blank", wait_stop=True)
        self.test._wait_remaining_requests()
        self.at_rest = True
        self.test.env.invalidate_all()

    def goes(self, path):
        """Open an address without a click, as a mail or a bookmark does; the count starts anew."""
        self.clicks = 0
        self.at_rest = False
        self.browser.navigate_to(f"{self.test.base_url()}{path}", wait_stop=True)

    def sees(self, selector, text="", patience=60):
        """Wait until something is on the screen, and say whether it is."""
        code = _SHOWN % (json.dumps(selector), json.dumps(text))
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self._evaluate(code):
                return True
            time.sleep(0.1)
        return False

    def reads(self, selector):
        """Return the text of the first such element, nothing where there is none."""
        return self._evaluate(f"document.querySelector({json.dumps(selector)})?.textContent || ''")

    def sees_change(self, selector, text, other, patience=60):
        """Wait until an element does not say the same any more, or another one is there; say whether it is so."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.reads(selector) != text or self.reads(other):
                return True
            time.sleep(0.1)
        return False

    def clicks_on(self, selector, text=""):
        point = self._point(selector, text)
        self.test.assertTrue(point, f"nobody can click on {selector} {text}")
        self.clicks += 1
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **point)

    def types(self, text):
        self._ask("Input.insertText", text=text)

    def presses(self, key, moment=None):
        """Press and release one key: a letter, a digit, "Enter" or "Tab"; now, or at another moment (seconds since 1970)."""
        told = {"key": key, "text": {"Enter": "\r", "Tab": ""}.get(key, key)}
        if moment:
            told["timestamp"] = moment
        if key in KEY_CODES:
            told.update(code=key, windowsVirtualKeyCode=KEY_CODES[key])
        self._ask("Input.dispatchKeyEvent", type="keyDown", **told)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def scans(self, text, blur=True):
        """Type as a barcode reader does, which ends with Enter, while no field has the focus or, without ``blur``, while what
        has it keeps it."""
        if blur:
            self._evaluate("document.activeElement?.blur()")
        begun = time.time()
        for number, key in enumerate([*text, "Enter"]):
            self.presses(key, begun + number * BETWEEN_KEYS)

    def _point(self, selector, text, patience=60):
        code = f"{_POINT}({json.dumps(selector)}, {json.dumps(text)}, {patience * 1000})"
        return self._evaluate(code)

    def _evaluate(self, code):
        told = self._ask("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        return told["result"].get("value")

    def _ask(self, method, **params):
        return self.browser._websocket_request(method, params=params, timeout=120)


class CountedClicks:
    """For a test of the browser, after ``HttpCase``: people one after the other in one browser, whose clicks are counted."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        # Made before the browser asks: all its requests share one cursor, and none waits long for it.
        bundle = cls.env["ir.qweb"]._get_asset_bundle("web.assets_web")
        bundle.css()
        bundle.js()

    @contextmanager
    def person(self):
        """Give a browser to several people, one after the other."""
        from odoo.addons.bus.websocket import CloseCode, WebsocketConnectionHandler, _kick_all

        browser = ChromeBrowser(self)
        with self.allow_requests(browser=browser), ExitStack() as ending:
            ending.callback(self._wait_remaining_requests)
            ending.callback(_kick_all, CloseCode.KILL_NOW)
            ending.enter_context(patch.object(WebsocketConnectionHandler, "websocket_allowed", return_value=True))
            ending.callback(browser.stop)
            person = Person(self, browser)
            ending.enter_context(self._asks_only_at_rest(person))
            yield person
            person.rests()

    def _asks_only_at_rest(self, person):
        """Refuse each question of the test to the database while a page is open: the page's requests ask over the same
        cursor, and one would now and then get the other's rows."""
        execute, tester = self.cr.execute, threading.current_thread()

        def asked(*args, **kwargs):
            if not person.at_rest and threading.current_thread() is tester:
                raise AssertionError("the test asks the database beside an open page: read it before, or person.rests()")
            return execute(*args, **kwargs)

        return patch.object(self.cr, "execute", asked)

    def assertClicks(self, person, most):
        self.assertLessEqual(person.clicks, most, "clicks")
