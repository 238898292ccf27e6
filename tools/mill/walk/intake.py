"""The order book arrives: read into the inbox, counted, what is missing asked for, credit decided."""

import base64
import datetime

from ..clock import today

CREDIT_LIMIT = 100_000_000
DELIVERY_DAYS = 30


def receive(desk, book, partner):
    """Upload the order book as sales and return its arrivals as a list of dictionaries."""
    sales = desk["sales"]
    channel = sales.search("paper.intake.channel", [("kind", "=", "order_book")], ["name"], limit=1)[0]["id"]
    delivery = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=DELIVERY_DAYS)
    upload = sales.create(
        "paper.intake.upload",
        {
            "channel_id": channel,
            "partner_id": partner,
            "product_id": desk.mill["product"],
            "commitment_date": delivery.strftime("%Y-%m-%d 04:00:00"),
            "payment_term_id": desk.mill["payment_term"],
            "file": base64.b64encode(book.read_bytes()).decode(),
            "file_name": book.name,
        },
    )
    sales.call("paper.intake.upload", "action_upload", [upload])
    names = ["line_no", "number", "raw", "weight", "state", "reason", "order_id"]
    return sales.search("paper.intake.message", [("upload_id", "=", upload)], names, order="line_no")


def receive_again(desk, book, partner):
    """Upload the same file once more and return how many arrivals that added: it must be none."""
    domain = [("partner_id", "=", partner)]
    before = desk["sales"].call("paper.intake.message", "search_count", domain)
    receive(desk, book, partner)
    return desk["sales"].call("paper.intake.message", "search_count", domain) - before


def decide_credit(desk, order):
    """R3.2.2: sales asks, the credit department decides for the customer."""
    desk["sales"].call("sale.order", "action_request_credit", [order["id"]])
    credit = desk["credit"]
    partner = desk["sales"].read("sale.order", order["id"], "partner_id")["partner_id"][0]
    domain = [("partner_id", "=", partner), ("state", "=", "draft")]
    review = credit.search("paper.credit.review", domain, ["state"], limit=1)[0]["id"]
    until = today() + datetime.timedelta(days=365)
    decision = {"limit": CREDIT_LIMIT, "valid_until": until.isoformat(), "decision_reason": "多年老客户，资料随后补齐"}
    credit.write("paper.credit.review", review, decision)
    credit.call("paper.credit.review", "action_approve", [review])


def ask_customer(desk, arrivals):
    """R3.2.1: what contradicts itself becomes a question to the customer, all of a list in one letter."""
    sales = desk["sales"]
    for arrival in arrivals:
        if arrival["state"] == "question" and not sales.read("paper.intake.message", arrival["id"], "asked_on")["asked_on"]:
            sales.call("paper.intake.message", "action_ask_customer", [arrival["id"]])
