import base64

from odoo import Command, fields
from odoo.addons.paper_base.tests.common import PaperCommon
from odoo.addons.paper_base.tests.own_rules import keep_own_rules


class CreditCommon(PaperCommon):
    """A mill with a salesperson, the credit department and a customer."""

    only_own_rules = False
    own_blockers = frozenset({"credit", "credit_condition", "spec_missing", "weight_unknown"})

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_own_rules(cls, cls.own_blockers)
        cls.seller = cls._create_user("t_seller", "paper_base.group_sales")
        cls.credit = cls._create_user("t_credit", "paper_base.group_credit")
        cls.paper.paper_grade_id = cls.offset
        cls.term = cls.env["account.payment.term"].create({"name": "30 days"})
        cls.customer.write({"email": "orders@hua.example.com", "street": "1 Paper Road", "city": "Jinan", "lang": "en_US"})

    # Builders

    @classmethod
    def _create_complete_order(cls, **values):
        spec = cls._create_sheet()
        values = {
            "partner_id": cls.customer.id,
            "commitment_date": fields.Datetime.now(),
            "payment_term_id": cls.term.id,
            "user_id": cls.seller.id,
            "order_line": [Command.create(cls._prepare_line(spec, paper_quantity=1000, paper_unit="kg"))],
            **values,
        }
        return cls.env["sale.order"].create(values)

    @classmethod
    def _create_review(cls, approve=True, **values):
        decision = {"limit": 100000, "decision_reason": "Known for years as a customer of the sister mill", **values}
        partner = decision.pop("partner_id", cls.customer.id)
        # Sales asks, the credit department decides.
        asked = {"partner_id": partner, "company_id": decision.pop("company_id", cls.env.company.id)}
        review = cls.env["paper.credit.review"].with_user(cls.seller).create(asked).with_user(cls.credit)
        review.write(decision)
        if approve:
            review.action_approve()
        return review

    @classmethod
    def _create_document(cls, review, user=None, **values):
        values = {"review_id": review.id, "kind": "licence", "file": base64.b64encode(b"x"), "file_name": "a.pdf", **values}
        return cls.env["paper.credit.document"].with_user(user or cls.seller).create(values)

    def _blocker_codes(self, order, step="evaluate"):
        return {item["code"] for item in order._get_open_blockers(step)[order]}
