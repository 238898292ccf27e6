"""Planned, trimmed, approved, made by work orders, inspected, taken into stock: base paper by runs, each line by a cut."""

import math

from .client import Refused

# No jumbo and no roll is entered by the hundred in a walk: of a large order each is heavier.
JUMBO_KG, JUMBOS = 25_000, 8
ROLL_KG, ROLLS = 1_500, 12
SECONDS = 5  # for the trim of each paper
BALANCE = ("taken", "lost", "moisture", "made", "broke", "difference")


def plan(desk, orders):
    """R5.1.1, R5.1.2: planning collects what was confirmed, the supervisor approves; return the runs of base paper."""
    if not orders:
        return []
    planning = desk["planning"]
    plan_id = planning.create("paper.production.plan", {"note": "PM1 三班运转"})
    planning.call("paper.production.plan", "action_collect", [plan_id])
    trims = trim(desk, plan_id)
    planning.call("paper.production.plan", "action_submit", [plan_id])
    late = planning.read("paper.production.plan", plan_id, "late_summary")["late_summary"]
    if late:
        desk["supervisor"].write("paper.production.plan", plan_id, {"late_reason": "已告知客户"})
    desk["supervisor"].call("paper.production.plan", "action_approve", [plan_id])
    name = planning.read("paper.production.plan", plan_id, "name", "state")
    for order in orders:
        if late and order["name"] in late:
            order["timeline"].add("生产", "将晚于承诺日期完成，已告知客户")
        order["timeline"].add("生产", f"编入生产计划 {name['name']}，生产主管批准（{name['state']}）")
        for found in trims:
            order["timeline"].add("生产", f"裁切 {found}")
    domain = [("paper_plan_id", "=", plan_id), ("bom_id.paper_kind", "=", "run")]
    return planning.search("mrp.production", domain, ["name", "product_id", "product_qty", "workorder_ids"])


def trim(desk, plan_id):
    """R5.1.1: planning has the trim of each paper computed and chooses the result of fewest patterns; return what was chosen."""
    planning = desk["planning"]
    planning.call("paper.production.plan", "action_plan_trim", [plan_id])
    problems = planning.search("paper.trim.problem", [("plan_id", "=", plan_id)], ["item_ids"])
    waiting = []
    for problem in problems:
        # Each order gets what was ordered, so that the figures of the book add up to the kilogram.
        planning.write("paper.trim.problem", problem["id"], {"whole": "metres", "seconds": SECONDS})
        for item in planning.call("paper.trim.item", "read", problem["item_ids"], ["kg"]):
            planning.write("paper.trim.item", item["id"], {"least_kg": item["kg"], "most_kg": item["kg"]})
        try:
            planning.call("paper.trim.problem", "action_compute", [problem["id"]])
        except Refused as refusal:
            # Nothing of it can be cut beside anything: it says why, and is cut as it comes.
            print(f"  trim: not planned: {refusal}", flush=True)
            continue
        waiting.append(problem)
    # What Odoo's scheduler does within a minute.
    desk.mailbox.call("ir.cron", "method_direct_trigger", [desk.mailbox.xmlid("paper_trim.cron_compute")])
    chosen = []
    for problem in waiting:
        domain = [("problem_id", "=", problem["id"])]
        names = ["display_name", "pattern_count", "waste", "bound", "refused"]
        results = planning.search("paper.trim.result", domain, names, order="id", limit=1)
        if not results:
            raise Refused("NoTrim", "the trim was not computed")
        planning.call("paper.trim.result", "action_choose", [results[0]["id"]])
        found = results[0]
        figures = f"waste {found['waste']:.3f} % (bound {found['bound']:.3f} %), {len(found['refused'] or [])} left out"
        print(f"  trim: {found['pattern_count']} patterns, {figures}", flush=True)
        chosen.append(found["display_name"])
    return chosen


def run(desk, production):
    """R5.3.1: the machine makes base paper, jumbo by jumbo, each a tested lot; return the run's mass balance."""
    workshop = desk["workshop"]
    grammage = _basis_weight(desk, production["id"])
    rest, kg = _broke(desk, production["id"]), production["product_qty"]
    number, web = min(JUMBOS, math.ceil(kg / JUMBO_KG)), desk.mill["web"]

    def enter():
        lines = [
            {"name": f"{production['name']}-J{place + 1}", "paper_gross_kg": own, "paper_width": web,
             "paper_length": _metres(own, grammage, web)}
            for place, own in enumerate(shares(kg, number))
        ]
        _enter(workshop, production["id"], lines, rest)

    _work(workshop, production, enter)
    inspect(desk["quality"], production["id"])
    workshop.call("mrp.production", "button_mark_done", [production["id"]])
    return balance(workshop, production["id"])


def make(desk, order, timeline):
    """R5.3.1, R6.1.1: the workshop cuts it from jumbos, quality inspects it, only then it enters stock."""
    workshop = desk["workshop"]
    domain = [("sale_line_id.order_id", "=", order["id"])]
    order["balances"] = []
    for production in workshop.search("mrp.production", domain, ["name", "product_id", "product_qty", "workorder_ids"]):
        _work(workshop, production, lambda own=production: _cut(desk, own))
        timeline.add("车间", f"{production['name']} 分切完成，{production['product_qty']:.1f} kg")
        if refused(workshop, "mrp.production", "button_mark_done", production["id"]):
            timeline.add("车间", "未经检验，入库被拒绝")
        else:
            raise Refused("NotRefused", f"{production['name']} entered stock without inspection")
        inspect(desk["quality"], production["id"])
        timeline.add("质检", "成品最终检验合格")
        workshop.call("mrp.production", "button_mark_done", [production["id"]])
        state = workshop.read("mrp.production", production["id"], "state", "qty_produced", "paper_roll_count")
        timeline.add("仓库", f"入库 {state['qty_produced']:.1f} kg，{state['paper_roll_count']} 卷（{state['state']}）")
        if state["state"] != "done":
            return False
        order["balances"].append(balance(workshop, production["id"]))
    return True


def _work(workshop, production, enter):
    """Do the work orders one after the other; what the first makes is entered before it is finished."""
    for place, workorder in enumerate(production["workorder_ids"]):
        workshop.call("mrp.workorder", "button_start", [workorder])
        if not place:
            enter()
        workshop.call("mrp.workorder", "button_finish", [workorder])


def _cut(desk, production):
    """Cut an order line of the jumbos that are left, set by set as the trim says, and enter the trim with the rolls."""
    workshop = desk["workshop"]
    facts = workshop.read("mrp.production", production["id"], "paper_base_id", "move_raw_ids", "paper_spec_id")
    spec = workshop.read("paper.spec", facts["paper_spec_id"][0], "width")
    grammage = _basis_weight(desk, production["id"])
    raw = workshop.call("stock.move", "read", facts["move_raw_ids"], ["product_id", "product_uom_qty"])
    taken = sum(move["product_uom_qty"] for move in raw if move["product_id"][0] == facts["paper_base_id"][0])
    rest = _Rest(production["product_qty"], taken)
    turns = workshop.call("paper.trim.set", "search_count", [
        ("pattern_id.cut_ids.production_id", "=", production["id"]), ("result_id.problem_id.state", "=", "chosen"),
    ])
    for turn in range(turns or 1):
        last = turn >= turns - 1
        pieces = _proposed(workshop, production["id"]) if turns else [{"paper_width": spec["width"]}]
        for place, piece in enumerate(pieces):
            kg = piece.get("paper_length", 0) * piece["paper_width"] * grammage / 1e6
            wanted = rest.made if last and place == len(pieces) - 1 else min(round(kg, 3), rest.made)
            _cut_piece(desk, production, facts["paper_base_id"][0], piece, wanted, rest, grammage)


class _Rest:
    """What is left of an order to be made, kg, and of its base paper to be taken; as much of each at a time.

    >>> rest = _Rest(970, 1000)
    >>> rest.take(485), rest.take(485), rest.made, rest.taken
    (500.0, 500, 0, 0)
    """

    def __init__(self, made, taken):
        self.made, self.taken = made, taken

    def take(self, kg):
        taken = round(self.taken * kg / self.made, 3) if kg < self.made else self.taken
        self.made, self.taken = round(self.made - kg, 3), round(self.taken - taken, 3)
        return taken

    def makes(self, taken):
        """Return the kg of rolls that come of so much base paper."""
        return round(taken * self.made / self.taken, 3) if taken < self.taken else self.made


def _proposed(workshop, production):
    """Return the rolls of the next set, as the window proposes them in which rolls are entered."""
    entry = workshop.create("paper.roll.entry", {"production_id": production})
    lines = workshop.read("paper.roll.entry", entry, "line_ids")["line_ids"]
    names = ["paper_width", "paper_length", "paper_set_number", "paper_position"]
    return [{name: line[name] for name in names} for line in workshop.call("paper.roll.entry.line", "read", lines, names)]


def _cut_piece(desk, production, base, piece, kg, rest, grammage):
    """Cut one width of a set of the jumbos that are left, in rolls or pallets that can be lifted."""
    workshop = desk["workshop"]
    domain = [("product_id", "=", base), ("paper_kind", "=", "jumbo")]
    entered = len(workshop.read("mrp.production", production["id"], "paper_roll_ids")["paper_roll_ids"])
    for jumbo in workshop.search("stock.lot", domain, ["paper_net_kg", "paper_taken_kg"], order="id"):
        left = round(jumbo["paper_net_kg"] - jumbo["paper_taken_kg"], 3)
        if kg < 0.0005:
            break
        if left < 0.0005:
            continue
        own = min(kg, rest.makes(left))
        taken = min(rest.take(own), left)
        kg = round(kg - own, 3)
        lines = [
            {**piece, "name": f"{production['name']}-{entered + place + 1:03d}", "paper_gross_kg": weight,
             "paper_length": _metres(weight, grammage, piece["paper_width"])}
            for place, weight in enumerate(shares(own, min(ROLLS, math.ceil(own / ROLL_KG))))
        ]
        entered += len(lines)
        _enter(workshop, production["id"], lines, max(round(taken - own, 3), 0), jumbo["id"])


def _enter(workshop, production, lines, broke, jumbo=False):
    values = {"production_id": production, "jumbo_id": jumbo, "broke_kg": broke, "line_ids": [(0, 0, line) for line in lines]}
    workshop.call("paper.roll.entry", "action_enter", [workshop.create("paper.roll.entry", values)])


def shares(kg, number):
    """Return so many weights that sum up to ``kg``, to a gram.

    >>> shares(1000.001, 3)
    [333.334, 333.334, 333.333]
    """
    each = math.ceil(round(kg * 1000 / number, 6)) / 1000
    return [each] * (number - 1) + [round(kg - each * (number - 1), 3)]


def _metres(kg, grammage, width):
    return kg / (grammage * width) * 1e6


def _basis_weight(desk, production):
    spec = desk["workshop"].read("mrp.production", production, "paper_spec_id")["paper_spec_id"][0]
    return desk["workshop"].read("paper.spec", spec, "basis_weight")["basis_weight"]


def _broke(desk, production):
    """Return the broke, kg, that the recipe expects of a run."""
    facts = desk["workshop"].read("mrp.production", production, "move_byproduct_ids")
    moves = desk["workshop"].call("stock.move", "read", facts["move_byproduct_ids"], ["product_uom_qty"])
    return sum(move["product_uom_qty"] for move in moves)


def balance(person, production):
    """Return the mass balance of a finished run or cut, kg by what became of it."""
    names = [f"paper_{name}_kg" for name in BALANCE]
    facts = person.read("mrp.production", production, "name", "state", *names)
    if facts["state"] != "done":
        raise Refused("NotDone", f"{facts['name']} is {facts['state']}")
    return {"name": facts["name"], **{name: facts[f"paper_{name}_kg"] for name in BALANCE}}


def refused(person, model, method, record_id):
    """Say whether the server refuses a step that it must refuse."""
    try:
        person.call(model, method, [record_id])
    except Refused:
        return True
    return False


def inspect(quality, production_id):
    """Fill in the final inspection as an inspector who finds everything in order, and approve it."""
    domain = [("production_id", "=", production_id), ("kind", "=", "final")]
    inspection = quality.search("qc.inspection", domain, ["inspection_lines"], limit=1)[0]
    names = ["question_type", "possible_ql_values", "target", "min_value", "max_value", "has_minimum", "has_maximum"]
    for line in quality.call("qc.inspection.line", "read", inspection["inspection_lines"], names):
        quality.write("qc.inspection.line", line["id"], answer(quality, line))
    quality.call("qc.inspection", "action_confirm", [inspection["id"]])
    state = quality.read("qc.inspection", inspection["id"], "state")["state"]
    if state == "waiting":
        quality.call("qc.inspection", "action_approve", [inspection["id"]])
        state = quality.read("qc.inspection", inspection["id"], "state")["state"]
    if state != "success":
        raise Refused("InspectionNotPassed", f"the final inspection ended as {state}")


def answer(quality, line):
    """Return what an inspector writes into a line: the good answer, or a value within the limits."""
    if line["question_type"] == "qualitative":
        values = quality.call("qc.test.question.value", "read", line["possible_ql_values"], ["ok"])
        return {"qualitative_value": next(value["id"] for value in values if value["ok"])}
    low, high = line["min_value"], line["max_value"]
    if line["has_minimum"] and line["has_maximum"]:
        return {"quantitative_value": (low + high) / 2}
    if line["has_minimum"]:
        return {"quantitative_value": low}
    if line["has_maximum"]:
        return {"quantitative_value": high}
    return {"quantitative_value": line["target"] or 5}
