"""Planned, approved, made by work orders, inspected, taken into stock: base paper by runs, each order line by a cut."""

import math

from .client import Refused

# No jumbo and no roll is entered by the hundred in a walk: of a large order each is heavier.
JUMBO_KG, JUMBOS = 25_000, 8
ROLL_KG, ROLLS = 1_500, 12
WEB_MM = 2400
BALANCE = ("taken", "lost", "moisture", "made", "broke", "difference")


def plan(desk, orders):
    """R5.1.1, R5.1.2: planning collects what was confirmed, the supervisor approves; return the runs of base paper."""
    if not orders:
        return []
    planning = desk["planning"]
    plan_id = planning.create("paper.production.plan", {"note": "PM1 三班运转"})
    planning.call("paper.production.plan", "action_collect", [plan_id])
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
    domain = [("paper_plan_id", "=", plan_id), ("bom_id.paper_kind", "=", "run")]
    return planning.search("mrp.production", domain, ["name", "product_id", "product_qty", "workorder_ids"])


def run(desk, production):
    """R5.3.1: the machine makes base paper, jumbo by jumbo, each a tested lot; return the run's mass balance."""
    workshop = desk["workshop"]
    grammage = _basis_weight(desk, production["id"])
    rest, kg = _broke(desk, production["id"]), production["product_qty"]
    number = min(JUMBOS, math.ceil(kg / JUMBO_KG))

    def enter():
        lines = [
            {"name": f"{production['name']}-J{place + 1}", "paper_gross_kg": own, "paper_width": WEB_MM,
             "paper_length": _metres(own, grammage, WEB_MM)}
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
    """Cut an order line of the jumbos that are left, roll by roll, and enter the trim with them."""
    workshop = desk["workshop"]
    facts = workshop.read("mrp.production", production["id"], "paper_base_id", "move_raw_ids", "paper_spec_id")
    width = workshop.read("paper.spec", facts["paper_spec_id"][0], "width")["width"]
    grammage = _basis_weight(desk, production["id"])
    raw = workshop.call("stock.move", "read", facts["move_raw_ids"], ["product_id", "product_uom_qty"])
    taken = sum(move["product_uom_qty"] for move in raw if move["product_id"][0] == facts["paper_base_id"][0])
    domain = [("product_id", "=", facts["paper_base_id"][0]), ("paper_kind", "=", "jumbo")]
    made, share, entered = 0.0, production["product_qty"] / taken, 0
    for jumbo in workshop.search("stock.lot", domain, ["paper_net_kg", "paper_taken_kg"], order="id"):
        left = round(jumbo["paper_net_kg"] - jumbo["paper_taken_kg"], 3)
        if taken < 0.0005:
            break
        if left < 0.0005:
            continue
        part = min(left, taken)
        taken = round(taken - part, 3)
        kg = round(part * share if taken >= 0.0005 else production["product_qty"] - made, 3)
        made = round(made + kg, 3)
        lines = [
            {"name": f"{production['name']}-{entered + place + 1:02d}", "paper_gross_kg": own, "paper_width": width,
             "paper_length": _metres(own, grammage, width), "paper_set_number": place + 1}
            for place, own in enumerate(shares(kg, min(ROLLS, math.ceil(kg / ROLL_KG))))
        ]
        entered += len(lines)
        _enter(workshop, production["id"], lines, max(round(part - kg, 3), 0), jumbo["id"])


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
