"""Two planners at once on one trim, each from a session of their own, and a server that is killed while it computes.

The computing is done by Odoo's scheduler, a process that works while people do. What two press at once happens once; what a kill
leaves is taken up by the next server, and never is there half of a plan."""

import threading
import time

from tools.mill.console import say
from tools.mill.walk.client import Refused

TITLE = "two planners at once on a trim, a server killed while it computes"
SHORT = None  # a job that was killed is taken up after three minutes
WIDTHS = (787, 889, 1194, 640, 550, 1015, 720, 980, 433, 610, 845, 1092)
CRON = ("--max-cron-threads=1",)
STATE = "select state from paper_trim_problem where id = {}"
HALVES = """select count(*) from paper_trim_problem p where p.state in ('computed', 'chosen') and not exists (
              select from paper_trim_result r join paper_trim_pattern t on t.result_id = r.id where r.problem_id = p.id)"""
SILENCE = 180  # seconds without a sign of life after which a job has died


def options(parser):
    parser.add_argument("--rounds", type=int, default=5, help="how often two planners press the same (5)")


def run(trial):
    trial.start(*CRON)
    admin = trial.person()
    planning = [admin.xmlid("base.group_user"), admin.xmlid("paper_base.group_planning")]
    for login in ("trim.one", "trim.two"):
        admin.create("res.users", {"name": login, "login": login, "password": login, "group_ids": [(6, 0, planning)]})
    winder = admin.create("mrp.workcenter", {"name": "Winder", "paper_is_winder": True, "paper_knives": 9})
    people = [trial.person(login) for login in ("trim.one", "trim.two")]
    for _round in range(trial.args.rounds):
        problem = make(people[0], winder, seconds=3)
        told = at_once(people, "paper.trim.problem", "action_compute", problem)
        trial.expect(told.count(None) == 1, f"two pressed Compute: {told}")
        trial.expect(jobs(trial, problem) == 1, "one problem, one job")
        if not trial.expect(trial.wait_until(STATE.format(problem), "computed"), "it was not computed"):
            return
        first = people[0].search("paper.trim.result", [("problem_id", "=", problem)], ["id"], order="id")[0]["id"]
        told = at_once(people, "paper.trim.result", "action_choose", first)
        sets = int(trial.query(f"select count(*) from paper_trim_set where result_id = {first}")[0][0])
        wound = int(trial.query(f"select sum(greatest(sets, 1)) from paper_trim_pattern where result_id = {first}")[0][0])
        trial.expect(None in told and sets == wound, f"two chose: {told}, {sets} sets of {wound}")
    say(f"{trial.args.rounds} rounds of two planners")
    killed_at_work(trial, people[0], winder)
    trial.expect(str(trial.query(HALVES)[0][0]) == "0", "there is half of a plan")


def killed_at_work(trial, planner, winder):
    """Kill the server while it computes; the next one takes it up, once the job gave no sign of life for long enough."""
    problem = make(planner, winder, seconds=20, kg=4321.0)
    planner.call("paper.trim.problem", "action_compute", [problem])
    trial.expect(trial.wait_until(STATE.format(problem), "computing"), "nobody took it up")
    trial.kill()
    trial.expect(str(trial.query(STATE.format(problem))[0][0]) == "computing", "the kill came too late")
    trial.start(*CRON)
    began = time.monotonic()
    # The scheduler looks once a minute.
    trial.expect(trial.wait_until(STATE.format(problem), "computed", patience=SILENCE + 240), "it was not taken up again")
    trial.figure("taken_up_seconds", round(time.monotonic() - began, 1), "s")
    trial.expect(jobs(trial, problem) == 1, "one problem, one job")


def make(planner, winder, seconds, kg=2500.0):
    sheets = {"length": 700, "basis_weight": 80, "least_kg": kg}
    items = [
        (0, 0, {**sheets, "name": f"T{width}", "width": width, "kg": kg + width, "most_kg": kg + 2 * width}) for width in WIDTHS
    ]
    values = {"workcenter_id": winder, "web_mm": 2540, "whole": "metres", "seconds": seconds, "item_ids": items}
    return planner.create("paper.trim.problem", values)


def at_once(people, model, method, record):
    """Let people press the same button at the same moment; return what each was told, None where it was done."""
    told, barrier = [None] * len(people), threading.Barrier(len(people))

    def press(place, person):
        barrier.wait()
        try:
            person.call(model, method, [record])
        except Refused as refusal:
            told[place] = refusal.name

    threads = [threading.Thread(target=press, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def jobs(trial, problem):
    return int(trial.query(f"select count(*) from paper_trim_job where problem_id = {problem}")[0][0])
