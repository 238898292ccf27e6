"""Four tablets declare rolls at the same time while the server is killed again and again: each roll is there once.

Every tablet keeps what it reports until the server says that it has it, and sends it again as its page does. The server is
killed (SIGKILL) at any moment, often while it writes. Some reports are sent a second time, and some rolls are
reported by a second person. In the end the rolls, their weights, the sets and the records of production are counted."""

import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request

from tools.mill import odoo, paths
from tools.mill.console import say

TITLE = "rolls declared at four tablets while the server is killed"
SHORT = ["--rounds", "2", "--rolls", "40"]
GONE = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)
ACROSS = 5  # rolls of a set
KG = 500.0


def options(parser):
    parser.add_argument("--rounds", type=int, default=20, help="how often the server is killed (20)")
    parser.add_argument("--rolls", type=int, default=1000, help="how many rolls are declared (1000)")
    parser.add_argument("--tablets", type=int, default=4, help="at how many winders (4)")
    parser.add_argument("--seed", type=int, default=1, help="other moments for another number (1)")


def run(trial):
    args, chance = trial.args, random.Random(trial.args.seed)
    each = args.rolls // args.tablets // ACROSS * ACROSS
    tablets = [Tablet(trial, facts, each, chance) for facts in _mill(trial, args.tablets, each)]
    killed = 0
    while killed < args.rounds or any(tablet.waiting for tablet in tablets):
        if not trial.is_up():
            trial.start()
            tablets[0].warm()
        last = killed >= args.rounds
        # What is left is spread over the rounds that are left.
        share = None if last else max(1, len(tablets[0].waiting) // (args.rounds - killed))
        threads = [threading.Thread(target=tablet.send, args=(share,), daemon=True) for tablet in tablets]
        for thread in threads:
            thread.start()
        if last:
            for thread in threads:
                thread.join(600)
            if any(tablet.stuck for tablet in tablets):
                break
            continue
        _wait(tablets, chance.random() * len(tablets) * share)
        trial.kill()
        killed += 1
        for thread in threads:
            thread.join(60)
        say(f"killed {killed} times, {sum(len(tablet.waiting) for tablet in tablets)} reports wait")
    _count(trial, tablets, each)
    trial.figure("killed", killed, "times")
    trial.figure("calls", sum(tablet.calls for tablet in tablets), "calls")
    trial.figure("calls without an answer", sum(tablet.lost for tablet in tablets), "calls")


def _wait(tablets, wanted):
    """Wait until so many reports more were answered, a moment more, and no longer than 20 s."""
    left, end = sum(len(tablet.waiting) for tablet in tablets) - wanted, time.monotonic() + 20
    while sum(len(tablet.waiting) for tablet in tablets) > left and time.monotonic() < end:
        time.sleep(0.03)
    time.sleep(random.uniform(0, 0.2))


def _mill(trial, tablets, each):
    """Make the winders in the trial's database; return what their tablets know."""
    found = paths.LOGS / "trial-floor-mill.json"
    code = (paths.TESTS / "bench" / "_floor_mill.py").read_text()
    code += f"\nimport json\nmade = mill(env, {tablets}, {each}, {KG})\nenv.cr.commit()\n"
    code += f"open({str(found)!r}, 'w').write(json.dumps(made))\n"
    odoo.shell(trial.where, trial.database, code, paths.LOGS / "trial-floor-mill.log")
    return json.loads(found.read_text())


class Tablet:
    """A tablet that keeps its reports until the server has them."""

    def __init__(self, trial, facts, rolls, chance):
        self.trial, self.facts, self.chance = trial, facts, chance
        self.calls = self.lost = 0
        self.stuck = False
        self.refused = []
        self.waiting = [self._event("start")]
        length = round(KG / (80 * 787) * 1e6, 2)
        for number in range(1, rolls // ACROSS + 1):
            shape = {"width": 787, "length": length, "diameter": 900}
            self.waiting.append(self._event("set", set=number, rolls=[shape] * ACROSS))
            for place in range(1, ACROSS + 1):
                name = f"{facts['order']}-{number:02d}{place:02d}"
                self.waiting.append(self._event("roll", roll=name, gross=KG + 2, tare=2))
                if chance.random() < 0.1:
                    # A second person reports the same roll, with a report of its own.
                    self.waiting.append(self._event("roll", roll=name, gross=KG + 2, tare=2))

    def _event(self, kind, **said):
        uid = f"{self.chance.getrandbits(128):032x}"
        return {"uid": uid, "kind": kind, "work": self.facts["work"], "session": self.facts["session"], **said}

    def send(self, most):
        """Send what waits, at most so many reports, in their order; what was answered no longer waits."""
        left = len(self.waiting) if most is None else most
        failed = 0
        while self.waiting and left > 0 and failed < 3:
            batch = self.waiting[: self.chance.randint(1, min(8, max(left, 1)))]
            try:
                answers = self._post(batch)
            except GONE:
                self.lost += 1
                failed += 1
                if not self.trial.is_up():
                    return
                continue
            failed = 0
            again = {answer["uid"] for answer in answers if answer["state"] == "again"}
            self.refused += [answer["message"] for answer in answers if answer["state"] == "refused"]
            done = [event for event in batch if event["uid"] not in again]
            left -= len(done)
            # Now and then an answer is lost on its way back, so that all of it is sent once more.
            if self.chance.random() > 0.05:
                self.waiting = [event for event in self.waiting if event not in done]
        self.stuck = failed >= 3

    def warm(self):
        """Open the page, so that the server has loaded what it needs before it is killed at its work."""
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self._address, timeout=120) as answer:
            answer.read()

    @property
    def _address(self):
        return f"{self.trial.url}/paper/floor/{self.facts['token']}"

    def _post(self, batch):
        self.calls += 1
        request = urllib.request.Request(
            f"{self._address}/events", json.dumps(batch).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
            return json.load(answer)["answers"]


def _count(trial, tablets, each):
    """Count what is there against what was declared."""
    wanted = {
        f"{tablet.facts['order']}-{number:02d}{place:02d}"
        for tablet in tablets
        for number in range(1, each // ACROSS + 1)
        for place in range(1, ACROSS + 1)
    }
    orders = "', '".join(tablet.facts["order"] for tablet in tablets)
    rows = trial.query(
        f"""select lot.name, count(*), min(lot.paper_net_kg), max(lot.paper_net_kg) from stock_lot lot
              join stock_move_line line on line.lot_id = lot.id join stock_move move on move.id = line.move_id
              join mrp_production mo on mo.id = move.production_id
             where mo.name in ('{orders}') group by 1"""
    )
    found = {name: int(count) for name, count, _low, _high in rows}
    trial.figure("rolls", len(found), "rolls")
    trial.expect(not wanted - found.keys(), f"lost: {sorted(wanted - found.keys())[:5]} of {len(wanted)}")
    trial.expect(not found.keys() - wanted, f"not declared: {sorted(found.keys() - wanted)[:5]}")
    trial.expect(set(found.values()) <= {1}, f"doubled: {[name for name, count in found.items() if count > 1][:5]}")
    weights = {float(value) for _name, _count, *values in rows for value in values}
    trial.expect(weights <= {KG}, f"weights {sorted(weights)[:5]}")
    sets = trial.query("select count(*), count(distinct (production_id, number)) from paper_floor_set")[0]
    trial.expect(int(sets[0]) == int(sets[1]) == len(wanted) // ACROSS, f"sets: {sets}")
    recorded = float(trial.query("select coalesce(sum(produced_kg), 0) from paper_production_record where is_of_floor")[0][0])
    trial.figure("recorded", round(recorded), "kg")
    trial.expect(recorded == KG * len(wanted), f"recorded {recorded} kg")
    refused = [message for tablet in tablets for message in tablet.refused]
    trial.expect(not refused, f"refused: {refused[:3]}")
