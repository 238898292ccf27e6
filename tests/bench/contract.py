"""What a contract costs beside Odoo's own quotation: printing it, and confirming its order with the last signature.

The product prints each contract, and each is signed by both sides: the second signature prints the signed copy, enters it in
the register, confirms the order, hands out the copies and sends the confirmation. Plain Odoo prints each quotation and
accepts it the way its portal does: signature, confirmation with its mail, the PDF posted on the order. Both go one by one,
as signatures do, over the same made-to-order product. `confirm_*` is the confirmation of the order inside of it.
"""

import base64
import statistics
import time
from pathlib import Path
from unittest.mock import patch

from odoo import fields

from tools.mill import programs

SIZES = [200]
LIMITS = {"ratio_confirm_200_queries_each": 1.3, "ratio_confirm_200_seconds_each": 1.3}
# A drawn signature: the smallest picture there is.
PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
)

# What sales types in the dialog of the contract's blanks.
CONDITIONS = {
    "measuring_method": "net weight",
    "freight_by": "seller",
    "claim_days_visible": 7,
    "claim_days_hidden": 30,
    "settlement_method": "bank transfer",
    "copies_total": 4,
    "copies_each": 2,
    **{
        f"none_{name}": True
        for name in (
            "customer_order",
            "buyer_vat",
            "buyer_phone",
            "prepayment",
            "deposit",
            "late_delivery_damages",
            "late_payment_damages",
            "breach_damages",
            "dispute_body",
        )
    },
}


def run(ctx):
    bench = Bench(ctx)
    bench.walk(2, "warm", {})
    for size in ctx.sizes:
        found = {}
        bench.walk(size, f"S{size}", found)
        for name, samples in found.items():
            seconds, queries = zip(*samples, strict=True)
            ctx.figure(f"{name}_{size}_seconds_each", round(statistics.mean(seconds), 4), "s")
            ctx.figure(f"{name}_{size}_queries_each", round(statistics.mean(queries), 1), "queries")
        first, last = found["accept"][: max(size // 4, 1)], found["accept"][-max(size // 4, 1) :]
        growth = statistics.mean(item[1] for item in last) - statistics.mean(item[1] for item in first)
        ctx.figure(f"accept_{size}_growth_queries", round(growth, 1), "queries from first to last quarter")
    return {}


class Bench:
    def __init__(self, ctx):
        self.flow = programs.load(Path(__file__).with_name("order_flow.py"))
        self.mill = self.flow.Mill(ctx)
        self.env, self.is_product = ctx.env, ctx.is_product
        self.mill.partner.email = "bench@example.com"
        # Mail is queued as ever and sent by nobody: nothing of this is committed.

    def walk(self, size, tag, found):
        """Create, print and accept ``size`` orders one by one; add the samples of each step to ``found``."""
        orders = self.mill.create(size, tag)
        documents = self._contracts(orders) if self.is_product else orders
        self.env.flush_all()
        for document in documents:
            self.env.invalidate_all()
            self._sample(found, "render", lambda rec=document: self._render(rec))
        for document in documents:
            self.env.invalidate_all()
            order = document.order_id if self.is_product else document
            with self._confirmation_measured(found):
                self._sample(found, "accept", lambda rec=document: self._accept(rec))
            if order.state != "sale":
                raise AssertionError("an order was not confirmed")

    def _sample(self, found, name, step):
        self.env.flush_all()
        queries, began = self.env.cr.sql_log_count, time.perf_counter()
        step()
        self.env.flush_all()
        found.setdefault(name, []).append((time.perf_counter() - began, self.env.cr.sql_log_count - queries))

    def _confirmation_measured(self, found):
        orders = self.env.registry["sale.order"]
        upstream = orders._validate_order

        def measured(records):
            result = []
            self._sample(found, "confirm", lambda: result.append(upstream(records)))
            return result[0]

        return patch.object(orders, "_validate_order", measured)

    def _render(self, document):
        report = "paper_contract.action_report_contract" if self.is_product else "sale.action_report_saleorder"
        return self.env["ir.actions.report"].sudo()._render_qweb_pdf(report, document.ids)[0]

    def _contracts(self, orders):
        """Walk the orders of the product to contracts that legal has accepted and sales has sent."""
        users = self.mill.users
        self.mill_agree(orders)
        contracts = orders.contract_id
        dialog = self.env["paper.contract.blanks"].with_user(users["sales"])
        for contract in contracts:
            dialog.create([{"contract_id": contract.id, **CONDITIONS}]).action_apply()
        contracts.with_user(users["sales"]).action_submit_review()
        for review in contracts.current_review_id:
            review.with_user(users["legal"]).action_accept()
        contracts.with_user(users["sales"]).action_send()
        return contracts

    def mill_agree(self, orders):
        """Take the orders through the panel, as far as the contract."""
        users = self.mill.users
        orders.with_user(users["sales"]).action_submit_evaluation()
        for dimension, code in self.flow.DIMENSIONS.items():
            opinions = orders.paper_evaluation_ids.opinion_ids.filtered(lambda rec, d=dimension: rec.dimension == d)
            own = opinions.with_user(users[code])
            own.write({"verdict": "yes"})
            own.action_submit()
        orders.paper_evaluation_ids.with_user(users["management"]).action_close()
        orders.with_user(users["sales"]).action_draft_contract()

    def _accept(self, document):
        if self.is_product:
            secret = document.sudo()
            self._sign_customer(secret)
            document.with_user(self.mill.users["management"]).action_sign_company("Manager", PIXEL)
            return
        document.write({"signed_by": "Buyer", "signed_on": fields.Datetime.now(), "signature": PIXEL})
        document._validate_order()
        pdf = self._render(document)
        document.message_post(attachments=[(f"{document.name}.pdf", pdf)], body="Order signed")

    def _sign_customer(self, contract):
        token = contract._link_issue("sign")
        contract._sign_customer(token, contract.pdf_sha256, "Buyer", PIXEL, "192.0.2.1", self.env.user)
