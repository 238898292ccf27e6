"""Drive the web client through a plan (rights.py): every menu leaf, the first record of each list, every tab and stat button.
Run with the packages of the tests: python drive.py JOB, where JOB names url, plan, result and what to leave out."""

import json
import queue
import resource
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import browser  # noqa: E402
import words  # noqa: E402

PAGE = Path(__file__).with_name("page.js").read_text()
# The client stands: something is on the screen, be it but a dialog.
READY = """new Promise((resolve) => {
    const end = performance.now() + 90000;
    const look = () => {
        const action = window.odoo?.__WOWL_DEBUG__?.root?.env?.services?.action;
        const shown = action?.currentController || document.querySelector(".modal");
        shown || performance.now() > end ? resolve(Boolean(action)) : requestAnimationFrame(look);
    };
    look();
})"""

# What a console says and nobody sees: the directory of employees asks for the icons of apps that are not installed.
# Mails of the demo mill, kept in the chatter, show the logo from the address that it was built for.
HARMLESS = ("/static/description/icon.png", "net::ERR_CONNECTION_REFUSED http://localhost:8069/logo.png")
# Python 3.11 itself, now and then, where two threads read an expression at once: it is opened once more.
OF_PYTHON = "AST constructor recursion depth mismatch"
PLANTED = {"path": ["自检 script"], "menu": 0}
LANDING = {"path": ["(login)"], "menu": 0}


class Walk:
    """All users' walks, and what was found on them."""

    def __init__(self, job):
        self.job = job
        self.known = words.Allowed.read(job["words"])
        self.lock = threading.Lock()
        self.done = {"leaf": set(), "form": set(), "stat button": set()}
        self.counts = Counter()
        self.faults = []
        self.spent = Counter()

    def first(self, kind, key):
        """Say whether something is met for the first time; in a whole walk everything is."""
        if self.job["whole"] or key is None:
            return True
        with self.lock:
            if key in self.done[kind]:
                return False
            self.done[kind].add(key)
            return True

    def count(self, what, number=1):
        with self.lock:
            self.counts[what] += number

    def save(self):
        """Write what is known so far, so that a walk that is stopped has told it."""
        with self.lock:
            result = {"counts": self.counts, "faults": self.faults, "seconds": self.spent}
            Path(self.job["result"]).write_text(json.dumps(result, ensure_ascii=False, indent=1))

    def fault(self, who, leaf, opened, kind, seen, where=""):
        told = {"who": who, "menu": " › ".join(leaf["path"]), "opened": opened, "kind": kind, "seen": seen[:400]}
        with self.lock:
            self.faults.append({**told, "where": where})


class Person:
    """One user in one loaded web client; the page is handed from one user to the next with what it has loaded."""

    def __init__(self, walk, page, user):
        self.walk, self.page, self.user = walk, page, user

    def start(self):
        url = self.walk.job["url"]
        self.page.forget(url)
        self.page.cookie(url, "session_id", self.user["sid"])
        self.page.go(f"{url}/odoo")
        if not self.page.run(READY):
            raise browser.BrowserFault("the web client did not start: " + " ".join(self.page.complaints())[:300])
        self.page.run(PAGE)
        self.page.run("millSmoke.quiet()")
        told = self.page.run("millSmoke.look()")
        if not told["view"] and not told["title"]:
            self.walk.fault(self.user["login"], LANDING, "landing", "crash", "lands on nothing but a dialog")
        self.tell(LANDING, "landing", told)
        if self.user["planted"]:
            self.page.run("new Promise((resolve) => setTimeout(() => { resolve(); throw new Error('自检: script'); }))")
            self.page.run("millSmoke.quiet()")
            self.tell(PLANTED, "script", self.page.run("millSmoke.look()"))

    def opens(self, code):
        """Have the page open something; return what it told."""
        told = self.page.run(code)
        if told and OF_PYTHON in json.dumps(told["faults"]):
            self.page.complaints()
            self.walk.count("opened once more")
            told = self.page.run(code)
        return told

    def tell(self, leaf, opened, told):
        """Judge what the page told."""
        walk, login = self.walk, self.user["login"]
        for kind, seen, *where in {tuple(fault) for fault in told["faults"]}:
            walk.fault(login, leaf, opened, kind, seen, *where)
        for kind, text in () if told["faults"] else told["words"]:  # behind a crash stands the screen before
            if words.english(text, walk.known):
                walk.fault(login, leaf, opened, "english", f"{kind}: {text}")
        for complaint in self.page.complaints():
            if not any(part in complaint for part in HARMLESS):
                cause = complaint.rsplit("Caused by:", 1)[-1].strip()
                walk.fault(login, leaf, opened, "javascript", cause, complaint)
        for address in told["addresses"]:
            walk.count("pages outside the client")
            status = (
                self.page.run(f"fetch({json.dumps(address)}).then((answer) => answer.status)") if self._is_ours(address) else 200
            )
            if status >= 400:
                walk.fault(login, leaf, opened, "right" if status in (401, 403) else "crash", f"{address} answered {status}")

    def _is_ours(self, address):
        return address.startswith(("/", self.walk.job["url"])) and not address.startswith("//")

    def leaf(self, leaf):
        judged = leaf["judged"]
        if not leaf["daily"] and not self.walk.job["whole"]:
            self.walk.count("leaves left to the whole walk")
            return
        self.static(leaf)
        if not self.walk.first("leaf", judged and judged["fingerprint"]):
            self.walk.count("leaves seen alike")
            return
        began = time.monotonic()
        told = self.opens(f"millSmoke.openMenu({leaf['menu']})")
        self.walk.count("leaves")
        self.tell(leaf, "menu", told)
        if told["faults"]:
            return  # what stands on the screen now is the leaf before
        kind = told["view"]
        self.walk.spent["leaves"] += time.monotonic() - began
        if told["dialog"] or kind == "form":
            self.form(leaf, "menu")
        elif kind in ("list", "kanban") and self.walk.first("form", judged and judged["views"].get("form")):
            began = time.monotonic()
            opened = self.page.run("millSmoke.openFirst()")
            self.walk.spent["records"] += time.monotonic() - began
            if opened is None:
                self.walk.count("lists without a record")
                return
            self.tell(leaf, "first record", opened)
            if opened["opened"]:
                self.walk.count("records")
                self.form(leaf, "first record")

    def form(self, leaf, opened):
        began = time.monotonic()
        for tab in self.page.run("millSmoke.openTabs()"):
            self.walk.count("tabs")
            self.tell(leaf, f"{opened}, tab {tab['label']}", tab)
        self.walk.spent["tabs"] += time.monotonic() - began
        began = time.monotonic()
        # The same document opens from several lists; where its button leads depends on who presses it.
        model, pressed = leaf["judged"] and leaf["judged"].get("model"), []
        for number, name in enumerate(self.page.run("millSmoke.countStats()")):
            if self.walk.first("stat button", model and (self.user["login"], model, name)):
                pressed.append((number, name))
            else:
                self.walk.count("stat buttons pressed before")
        for number, name in pressed:
            told = self.page.run(f"millSmoke.openStat({number}, {json.dumps(number == pressed[-1][0])})")
            if told:
                self.walk.count("stat buttons")
                self.tell(leaf, f"{opened}, stat button {told['label']} ({name})", told)
        self.walk.spent["stat buttons"] += time.monotonic() - began

    def static(self, leaf):
        """Judge what the server said of a leaf before it is opened."""
        if leaf.get("refused"):
            self.walk.fault(self.user["login"], leaf, "views", "crash", leaf["refused"])
        judged = leaf["judged"] or {}
        for field, model in judged.get("unreadable", {}).items():
            self.walk.fault(self.user["login"], leaf, "views", "right", f"{field} shows {model}, which the user may not read")
        for what, name, said in judged.get("refused", ()):
            self.walk.fault(
                self.user["login"], leaf, f"{what} (server)", "right" if name == "AccessError" else "crash", f"{name}: {said}"
            )
        for text, where in [*judged.get("texts", {}).items(), *((name, "menu") for name in leaf["path"])]:
            if words.english(text, self.walk.known):
                self.walk.fault(self.user["login"], leaf, "views", "english", f"{where}: {text}")


def walk_users(walk, chromium, waiting):
    """Let the users walk one after the other in one page."""
    page = chromium.page()
    while True:
        try:
            user = waiting.get_nowait()
        except queue.Empty:
            return
        began = time.monotonic()
        person = Person(walk, page, user)
        try:
            person.start()
            walk.count("users")
            for leaf in user["leaves"]:
                try:
                    person.leaf(leaf)
                except browser.BrowserFault as fault:
                    walk.fault(user["login"], leaf, "menu", "stuck", str(fault))
                    page.close()
                    page = chromium.page()
                    person = Person(walk, page, user)
                    person.start()
        except Exception as error:  # noqa: BLE001 - one user's walk that breaks off is a fault, the others go on
            walk.fault(user["login"], LANDING, "walk", "stuck", f"{type(error).__name__}: {error}")
            page.close()
            page = chromium.page()
        walk.save()
        print(f"{user['login']}: {len(user['leaves'])} leaves in {time.monotonic() - began:.1f} s", flush=True)


def main(job_file):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the browser goes with us
    job = json.loads(Path(job_file).read_text())
    plan = json.loads(Path(job["plan"]).read_text())
    walk = Walk(job)
    waiting = queue.SimpleQueue()
    for user in sorted(plan, key=lambda user: -len(user["leaves"])):  # who has most to open begins: nobody is waited for
        waiting.put(user)
    with browser.Browser() as chromium:
        threads = [threading.Thread(target=walk_users, args=(walk, chromium, waiting), daemon=True) for _ in range(job["jobs"])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    walk.spent["the browser's processors"] = used.ru_utime + used.ru_stime
    if not waiting.empty() or walk.counts["users"] != len(plan):
        walk.fault("-", LANDING, "walk", "stuck", f"{len(plan) - walk.counts['users']} users did not walk")
    walk.save()


if __name__ == "__main__":
    main(sys.argv[1])
