"""Announced, planned, loaded, signed for; then the quality visit and, once, a complaint."""

from ..clock import today
from .produce import refused
from .steps import signature_image


def dispatch(desk, order, timeline):
    """R6.2.1-R6.3.2: from the dispatch notice to the signed delivery note, of every delivery of the order."""
    sales, warehouse = desk["sales"], desk["warehouse"]
    domain = [("sale_id", "=", order["id"]), ("picking_type_code", "=", "outgoing"), ("state", "not in", ["done", "cancel"])]
    pickings = warehouse.search("stock.picking", domain, ["name"], order="id")
    for picking in pickings:
        if not refused(warehouse, "stock.picking", "button_validate", picking["id"]):
            return False
        timeline.add("仓库", f"{picking['name']} 无发货通知，出库被拒绝")
    announce(desk, order, timeline)
    for picking in pickings:
        load(warehouse, picking["id"])
        timeline.add("仓库", f"{picking['name']} 核对装车、包装防护，出库")
        sign(desk, picking, timeline)
    states = sales.search("stock.picking", domain[:2], ["state", "is_signed"])
    return bool(pickings) and all(found["state"] == "done" and found["is_signed"] for found in states)


def announce(desk, order, timeline):
    """R6.2.1: sales announce all that is to be delivered, logistics plan each notice."""
    sales, logistics = desk["sales"], desk["logistics"]
    sales.call("sale.order", "action_dispatch_notice", [order["id"]])
    domain = [("order_id", "=", order["id"]), ("state", "=", "draft")]
    for notice in sales.search("paper.dispatch.notice", domain, ["name", "delivery_date"], order="id"):
        sales.call("paper.dispatch.notice", "action_issue", [notice["id"]])
        timeline.add("销售", f"发货通知 {notice['name']}，{notice['delivery_date']} 交货")
        # What is ready leaves today, however long before the promise: the customer has agreed.
        sales.call("paper.dispatch.notice", "write", [notice["id"]], {"early_consent": "客户电话同意提前交货"})
        logistics.call(
            "paper.dispatch.notice",
            "action_plan",
            [notice["id"]],
            licence_plate="苏E·A1068",
            driver_name="何师傅",
            driver_phone="+86 138 0000 1068",
            planned_date=today().isoformat(),
        )
        timeline.add("物流", "安排车辆 苏E·A1068")


def sign(desk, picking, timeline):
    """R6.3.1: the customer signs the delivery note on arrival."""
    logistics = desk["logistics"]
    logistics.call("stock.picking", "action_record_proof", [picking["id"]], "林晨光", signature_image())
    note = logistics.get(f"/report/pdf/paper_delivery.report_delivery_note/{picking['id']}")
    desk.save(f"送货单-{picking['name'].replace('/', '-')}.pdf", note)
    state = desk["sales"].read("stock.picking", picking["id"], "state")["state"]
    timeline.add("客户", f"送货单签收（{state}）")


def load(warehouse, picking_id):
    """R6.2.2: goods against the notice, packing against damp, shock and theft."""
    warehouse.call("stock.picking", "action_assign", [picking_id])
    checks = warehouse.search("paper.packing.check", [("picking_id", "=", picking_id)], ["kind"])
    warehouse.call("paper.packing.check", "write", [check["id"] for check in checks], {"done": True})
    warehouse.call("stock.picking", "action_check_loading", [picking_id])
    warehouse.call("stock.picking", "button_validate", [picking_id])


def visit(desk, order, timeline):
    """R7.2.1: quality visits the customer that the delivery put on its list; orders of one customer are one visit."""
    quality = desk["quality"]
    about = ["|", ("order_id", "=", order["id"]), ("order_ids", "in", [order["id"]])]
    visits = quality.search("paper.quality.visit", about, ["name", "planned_date", "state"])
    if not visits:
        return False
    for found in (visit for visit in visits if visit["state"] != "done"):
        findings = {"use": "上机正常", "quality": "与规格一致", "satisfaction": "5"}
        quality.write("paper.quality.visit", found["id"], findings)
        quality.call("paper.quality.visit", "action_done", [found["id"]])
        timeline.add("质检", f"质量回访 {found['name']} 完成（计划 {found['planned_date']}）")
    return True


def complain(desk, order, timeline):
    """R7.1.1: the customer is not content with one delivery; sales records it at once."""
    sales = desk["sales"]
    ticket = sales.create(
        "helpdesk.ticket",
        {
            "name": "卷端有压痕",
            "description": "两卷外层有压痕，请确认处理办法。",
            "sale_order_id": order["id"],
            "nature": "quality",
            "severity": "general",
        },
    )
    number = sales.read("helpdesk.ticket", ticket, "number")["number"]
    timeline.add("销售", f"客户反馈 {number}，关联本订单")
