"""Planned, approved, made by work orders, inspected, taken into stock."""

from .client import Refused


def plan(desk, orders):
    """R5.1.1, R5.1.2: planning collects what was confirmed, the supervisor approves."""
    if not orders:
        return
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


def make(desk, order, timeline):
    """R5.3.1, R6.1.1: the workshop makes it, quality inspects it, only then it enters stock."""
    workshop = desk["workshop"]
    domain = [("sale_line_id.order_id", "=", order["id"])]
    for production in workshop.search("mrp.production", domain, ["name", "product_id", "product_qty", "workorder_ids"]):
        lot = {"name": f"{production['name']}-01", "product_id": production["product_id"][0]}
        workshop.write("mrp.production", production["id"], {"lot_producing_ids": [(0, 0, lot)]})
        for workorder in production["workorder_ids"]:
            workshop.call("mrp.workorder", "button_start", [workorder])
            workshop.call("mrp.workorder", "button_finish", [workorder])
        timeline.add("车间", f"{production['name']} 抄造完成，{production['product_qty']:.1f} kg")
        if refused(workshop, "mrp.production", "button_mark_done", production["id"]):
            timeline.add("车间", "未经检验，入库被拒绝")
        else:
            raise Refused("NotRefused", f"{production['name']} entered stock without inspection")
        inspect(desk["quality"], production["id"])
        timeline.add("质检", "成品最终检验合格")
        workshop.call("mrp.production", "button_mark_done", [production["id"]])
        state = workshop.read("mrp.production", production["id"], "state", "qty_produced")
        timeline.add("仓库", f"入库 {state['qty_produced']:.1f} kg（{state['state']}）")
        if state["state"] != "done":
            return False
    return True


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
