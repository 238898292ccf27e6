"""The steps of one order, each done by the people of the department that the regulation names."""

import base64
import html
import io
import re
import struct
import zlib

from .client import Refused
from .people import DEPARTMENTS

# Who assesses what, and what the regulation calls it.
DIMENSIONS = {
    "sales": ("sales", "销售评估"),
    "capacity": ("planning", "生产能力评估"),
    "materials": ("purchasing", "原材料供应评估"),
    "technical": ("technical", "技术可行性评估"),
    "cost": ("finance", "成本与利润评估"),
}

# What sales agrees with the customer and types in the dialog of the contract's blanks.
CONDITIONS = {
    "measuring_method": "以供方过磅的净重为准",
    "freight_by": "seller",
    "claim_days_visible": 7,
    "claim_days_hidden": 30,
    "settlement_method": "银行转账",
    "dispute_body": "岳阳仲裁委员会",
    "copies_total": 4,
    "copies_each": 2,
    **{
        f"none_{name}": True
        for name in ("customer_order", "buyer_vat", "prepayment", "deposit", "late_delivery_damages", "late_payment_damages",
                     "breach_damages")
    },
}


def signature_image(width=240, height=80):
    """Return a small PNG of a handwritten stroke, base64, as a signature pad delivers it."""
    rows = []
    for y in range(height):
        line = bytes(0 if abs(y - (height - x * height // width)) < 2 else 255 for x in range(width))
        rows.append(b"\0" + line)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = io.BytesIO(b"")
    png.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)))
    png.write(chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b""))
    return base64.b64encode(png.getvalue()).decode()


class Desk:
    """Everything that a step needs: who works where, the mill's ids, where files go.

    :ivar people: ``{department: Person}``
    :ivar customer: the customer's Person in the portal
    :ivar mill: ids of :func:`master_data.prepare`
    :ivar out: folder for the PDFs
    :ivar mailbox: the Person who sees what the mill sends out, in place of the customer's mail server
    """

    def __init__(self, people, customer, mill, out, mailbox=None):
        self.people, self.customer, self.mill, self.out, self.mailbox = people, customer, mill, out, mailbox

    def __getitem__(self, department):
        return self.people[department]

    def save(self, name, content):
        if not content.startswith(b"%PDF"):
            raise Refused("NoPdf", f"{name} is not a PDF")
        (self.out / name).write_bytes(content)


def evaluate(desk, order, timeline):
    """R3.3.1-R3.4: the panel assesses the order and its chair closes it."""
    desk["sales"].call("sale.order", "action_submit_evaluation", [order["id"]])
    timeline.add("销售", "提交订单评估小组")
    domain = [("order_id", "=", order["id"])]
    evaluation = desk["sales"].search("paper.evaluation", domain, ["state", "deadline_date"])[0]
    for dimension, (department, name) in DIMENSIONS.items():
        person = desk[department]
        found = person.search(
            "paper.evaluation.opinion",
            [("evaluation_id", "=", evaluation["id"]), ("dimension", "=", dimension)],
            ["verdict"],
        )
        person.write("paper.evaluation.opinion", found[0]["id"], {"verdict": "yes", "comment": "可以承接。"})
        person.call("paper.evaluation.opinion", "action_submit", [found[0]["id"]])
        timeline.add(DEPARTMENTS[department], f"{name}：通过")
    desk["management"].call("paper.evaluation", "action_close", [evaluation["id"]])
    state = desk["sales"].read("paper.evaluation", evaluation["id"], "state")["state"]
    timeline.add("管理层", f"评估结论：{state}（期限 {evaluation['deadline_date']}）")
    return state in ("passed", "conditional")


def contract(desk, order, timeline):
    """R4.1.1-R4.2.2: drafted, reviewed, signed by both; the order is confirmed by it."""
    sales, legal = desk["sales"], desk["legal"]
    sales.call("sale.order", "action_draft_contract", [order["id"]])
    found = sales.search("paper.contract", [("order_id", "=", order["id"])], ["name"])[0]
    blanks = sales.create("paper.contract.blanks", {"contract_id": found["id"], **CONDITIONS})
    sales.call("paper.contract.blanks", "action_apply", [blanks])
    sales.call("paper.contract", "action_submit_review", [found["id"]])
    timeline.add("销售", f"起草合同 {found['name']}，提交法务审核")
    review = legal.search("paper.contract.review", [("contract_id", "=", found["id"])], ["deadline_date"], limit=1)[0]
    legal.call("paper.contract.review", "action_accept", [review["id"]])
    timeline.add("法务", f"审核通过（期限 {review['deadline_date']}）")
    sales.call("paper.contract", "action_send", [found["id"]])
    sign_in_portal(desk.customer, found["id"])
    timeline.add("客户", "在门户签署合同")
    desk["management"].call("paper.contract", "action_sign_company", [found["id"]], "沈总", signature_image())
    desk.save(f"合同-{found['name'].replace('/', '-')}.pdf", desk.customer.get(f"/my/contracts/{found['id']}/pdf"))
    state = sales.read("paper.contract", found["id"], "state", "name")
    confirmed = sales.read("sale.order", order["id"], "state", "name")
    order.update(name=confirmed["name"], contract=found["id"])
    timeline.add("管理层", f"公司签署，合同 {state['state']}；订单 {confirmed['name']} {confirmed['state']}")
    return confirmed["state"] == "sale"


def sign_in_portal(customer, contract_id):
    """Open the contract in the portal and sign it with the address and the tokens that the page holds."""
    page = html.unescape(customer.get(f"/my/contracts/{contract_id}").decode())
    address = re.search(rf"/my/contracts/{contract_id}/sign\?[^\"'\s<>]+", page)
    if not address:
        raise Refused("NoSignature", "the portal does not offer the contract for signature")
    answer = customer.post(address.group(), {"name": "林晨光", "signature": signature_image()})
    if answer.get("error"):
        raise Refused("NotSigned", answer["error"])
