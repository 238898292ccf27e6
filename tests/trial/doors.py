"""Every way to confirm, plan, produce, enter, dispatch, sign and close, tried by everybody, over HTTP: nobody passes that
must not, and who is refused reads why.

The demo mill is copied; a second company with its own people and documents is set up in the copy. Each path
(tests/trial/doors_*.py) is tried by every department, the administrator, the second company's departments, a customer
in the portal and somebody without a login. Counted: tried, refused and by which named error, ignored (the answer was yes,
nothing changed), passed. What may pass, because it is that department's step, is not tried."""

import itertools
from collections import Counter, defaultdict
from dataclasses import replace

import doors_close
import doors_confirm
import doors_enter
import doors_leave
import doors_mill
import doors_plan
import doors_sign
from doors_try import attempt

from tools.mill import paths, programs, templates
from tools.mill.console import plain, say

TITLE = "every gate, by every path, by everybody"
SHORT = ["--short"]
ROOMS = (doors_confirm, doors_plan, doors_enter, doors_leave, doors_sign, doors_close)
STAGES = ("confirm", "plan", "produce", "enter", "dispatch", "sign", "close")
RIGHTS = paths.TESTS / "trial" / "doors_rights.py"
# How many people try a path in turn: in the short run, and one of the common ways in the whole run.
FEW, MORE, SOME = 2, 3, 6


def options(parser):
    parser.add_argument("--part", choices=(*STAGES, "rights"), action="append", help="only this part (several times)")
    parser.add_argument("--short", action="store_true", help="each path by a few people in turn")
    parser.add_argument("--all", action="store_true", help="the common ways to write by all people, too (an hour)")
    parser.add_argument("--database", metavar="NAME", help="a demo mill that is there (one is made for it)")
    parser.add_argument("--path", metavar="WORDS", default="", help="only paths whose name holds these words")


def source(args):
    return "test", args.database or templates.demo()


def run(trial):
    parts = trial.args.part or STAGES
    trial.start()
    if any(part in STAGES for part in parts):
        Doors(trial, parts).try_all()
    if "rights" in parts and trial.expect(RIGHTS.exists(), "there is no tests/trial/doors_rights.py"):
        told = programs.load(RIGHTS).run(trial.database)
        trial.figure("rights: passed", told["passed"], "tests")
        for sentence in told["counted"]:
            plain(f"  {sentence}")
        for name in told["failed"]:
            trial.expect(False, f"rights: {name}")


class Doors:
    """All tries and what came of them."""

    def __init__(self, trial, parts):
        self.trial, self.parts = trial, parts
        self.mill = doors_mill.Mill(trial)
        self.counts = defaultdict(Counter)
        self.errors = Counter()
        self.passed, self.wordless = defaultdict(list), defaultdict(list)
        self.turn = itertools.count()

    def try_all(self):
        found = [path for room in ROOMS for path in room.paths() if path.stage in self.parts]
        chosen = [path for path in found if self.trial.args.path in path.name]
        say(f"{len(chosen)} paths, {len(self.mill.people)} people")
        for stage in STAGES:
            own = [path for path in chosen if path.stage == stage]
            for path in own:
                for company in self.mill.companies:
                    self._try(path, company)
            if own:
                say(f"{stage}: {dict(self.counts[stage])}")
        self._tell()

    def _try(self, path, company):
        subject = path.subject(self.mill, company)
        if subject is None:
            self.counts[path.stage]["without a document"] += 1
            return
        statement = path.watched(subject) if callable(path.watched) else path.watched.format(**subject)
        seen = self._look(statement)
        for person in self._who(path, company):
            outcome = attempt(path, person, subject)
            if outcome.kind == "ignored":
                now = self._look(statement)
                if now != seen:
                    outcome, seen = replace(outcome, kind="passed", text=f"{seen} → {now}"), now
            self._count(path, person, outcome)
            if not self.trial.is_up():
                raise RuntimeError(f"the server went down at {path.name} by {person.login}")
        now = self._look(statement)
        if now != seen:
            # Several calls of which a later one was refused.
            self.passed[path.stage, path.name].append(("one of those refused", f"{seen} → {now}"))
            self.counts[path.stage]["passed"] += 1

    def _look(self, statement):
        return self.trial.query(statement) if statement else None

    def _count(self, path, person, outcome):
        self.counts[path.stage]["tried"] += 1
        self.counts[path.stage][outcome.kind] += 1
        if outcome.kind == "refused":
            self.errors[outcome.by] += 1
        if outcome.kind == "passed":
            self.passed[path.stage, path.name].append((person.login, outcome.text))
        if outcome.wordless:
            self.wordless[outcome.wordless].append((path.name, person.login))

    def _who(self, path, company):
        """Return who tries a path: all, or some in turn, the administrator among them."""
        people = [person for person in self.mill.who(company) if not self.mill.is_allowed(person, path.allowed, company)]
        most = (FEW if path.common else MORE) if self.trial.args.short else (SOME if path.common else len(people))
        if self.trial.args.all or len(people) <= most:
            return people
        others = [person for person in people if person.login != "admin"]
        others = [others[next(self.turn) % len(others)] for _number in range(most - 1)]
        return [person for person in people if person.login == "admin"] + others

    def _tell(self):
        total = sum(self.counts.values(), Counter())
        for stage, counts in self.counts.items():
            for kind, count in sorted(counts.items()):
                self.trial.figure(f"{stage}: {kind}", count, "paths" if kind == "without a document" else "tries")
        for kind in ("tried", "refused", "ignored", "passed"):
            self.trial.figure(kind, total[kind], "tries")
        for name, count in self.errors.most_common():
            self.trial.figure(f"refused by {name}", count, "tries")
        self.trial.figure("errors without words", sum(map(len, self.wordless.values())), "tries")
        for (stage, name), who in sorted(self.passed.items()):
            logins = ", ".join(dict.fromkeys(login for login, _text in who))
            self.trial.expect(False, f"passed: {stage}: {name}: {logins} ({who[0][1][:160]})")
        for words, where in sorted(self.wordless.items()):
            self.trial.expect(False, f"without words: {words} ({len(where)} times, first {where[0][0]} by {where[0][1]})")
        if not self.passed:
            plain("  nobody passed")
