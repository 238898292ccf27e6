from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.addons.paper_contract.tests.common import NOW, SIGNATURE, fill_blanks, letter_tokens
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import freeze_time, new_test_user


class SupplementCommon(PaperProductionCommon):
    """Made-to-order paper under a contract in force, and a supplement to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        keep_own_rules(cls, {"plan", "confirmed", "contract", "contract_in_force"})
        cls.legal = new_test_user(cls.env, "prod_legal", groups="paper_base.group_legal", email="l@example.com")
        cls.manager = cls.users["management"]
        cls.company = cls.env.company
        cls.company.partner_id.write({"street": "1 Mill Road", "city": "Jinan", "vat": "913701000000000001"})
        cls.company.phone = "+86 531 8000 0000"
        cls.customer.write({"street": "8 Print Street", "city": "Beijing", "email": "b@example.com", "lang": "en_US"})
        cls.term = cls.env["account.payment.term"].create({"name": "30 days"})

    @classmethod
    def create_contracted_order(cls, *specs, **values):
        """Return an order whose contract is in force, and its manufacturing orders."""
        order = cls.create_order(*specs, confirm=False, **values)
        order.write({"payment_term_id": cls.term.id, "commitment_date": "2026-12-20 08:00:00"})
        order.order_line.paper_spec_id.grade_id.write({"standard": "GB/T 30130", "standard_edition": "2023"})
        order.action_draft_contract()
        fill_blanks(order.contract_id, cls.seller)
        cls.walk(order.contract_id)
        return order

    @classmethod
    def walk(cls, contract, state="in_force"):
        """Take a contract or supplement through review and signatures, up to ``state``."""
        contract.with_user(cls.seller).action_submit_review()
        contract.current_review_id.with_user(cls.legal).action_accept()
        contract.with_user(cls.seller).action_send()
        if state == "in_force":
            cls.sign(contract)
        return contract

    @classmethod
    def sign(cls, contract):
        token, secret = letter_tokens(contract)["sign_token"], contract.sudo()
        secret._sign_customer(token, secret.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", cls.env.user)
        contract.with_user(cls.manager).action_sign_company("Zhang Min", SIGNATURE)

    @classmethod
    def draft_supplement(cls, order, **values):
        action = order.contract_id.with_user(cls.seller).action_draft_supplement()
        supplement = cls.env["paper.contract"].browse(action["res_id"]).with_user(cls.seller)
        fill_blanks(supplement, cls.seller)
        if values:
            supplement.change_ids[:1].write(values)
        return supplement
