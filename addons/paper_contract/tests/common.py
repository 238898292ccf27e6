import re

from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.tests import freeze_time, new_test_user

# A drawn signature: a few strokes.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAADwAAAAUCAYAAADRA14pAAAAwUlEQVR42u2Y0Q2AIAxEKWEFhmUChmWI+qVBQhSkPYjaH35Iey93"
    "oIGY2XyprPlY/cAj5X3gfF2xSOoM1yBTivQ6h70PvMOmFGlFyNwMK9WoBjo72rkZQ5G+A23dg3C0nN0N3AOChG6d5TRA833ase7V"
    "5bRgaz0kXX6q6TLSUpGUjPZoL4cQORptSS0OfdH0RFtDyynSCNiW/po6iJmX+XwgdBwOS9+iLdDl2UbMpxkPAOUFhvwTo1kvHshE"
    "LQE8qzbtILrR/On/wAAAAABJRU5ErkJggg=="
)
# The orders of these tests are due on 2026-12-20; from the last date for changes on they would be late, whatever is tested.
NOW = "2026-11-16 02:00:00"

# What sales types in the dialog of the blanks; what a test is about it types itself.
FILLED = {
    "measuring_method": "net weight on the mill's scale",
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


def letter(contract):
    """Return the last letter to the customer that asks for the signature, still to be sent."""
    links = [("body_html", "like", f"/my/contracts/{contract.id}?%sign_token=")]
    return contract.env["mail.mail"].sudo().search(links, order="id desc", limit=1)


def letter_tokens(contract):
    """Return the tokens of the links in that letter: ``{"access_token", "sign_token"}``."""
    return dict(re.findall(r"\b(access_token|sign_token)=([\w-]+)", letter(contract).body_html or ""))


def fill_blanks(contract, user, **values):
    """Fill in what a draft leaves open in the dialog, as ``user`` of sales, with ``values`` beside the usual ones."""
    usual = {"change_reason": "As agreed"} if contract.parent_id else FILLED
    dialog = contract.env["paper.contract.blanks"].with_user(user)
    dialog.create([{"contract_id": contract.id, **usual, **values}]).action_apply()


# The blockers that these tests are about; the gates of other addons are tested with them.
OWN_BLOCKERS = {
    "confirmed",
    "contract",
    "contract_in_force",
    "spec_missing",
    "weight_unknown",
    "confirmed_agreement",
    "framework_missing",
    "framework_not_in_force",
    "framework_expired",
    "framework_period",
    "outside_framework",
    "over_framework",
}
OWN_MILESTONES = {"received", "contract", "legal", "signed", "confirmed"}


class ContractBuilder:
    """Builders that contract tests share, for classes that have an ``env``."""

    @classmethod
    def build_mill(cls):
        cls.startClassPatcher(freeze_time(NOW))
        keep_own_rules(cls, OWN_BLOCKERS, OWN_MILESTONES)
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.company = cls.env.company
        cls.company.partner_id.write({"name": "Mill Co.", "street": "1 Mill Road", "city": "Jinan", "vat": "913701000000000001"})
        cls.company.phone = "+86 531 8000 0000"
        cls.sales = cls.build_user("paper_sales", "paper_base.group_sales")
        cls.colleague = cls.build_user("paper_sales_2", "paper_base.group_sales")
        cls.legal = cls.build_user("paper_legal", "paper_base.group_legal")
        cls.manager = cls.build_user("paper_manager", "paper_base.group_management")
        cls.planner = cls.build_user("paper_planner", "paper_base.group_planning")
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Printing House",
                "street": "8 Print Street",
                "city": "Beijing",
                "email": "buyer@example.com",
                "lang": "zh_CN",
                "is_company": True,
            }
        )
        cls.grade = cls.env["paper.grade"].create(
            {"name": "Offset Paper", "standard": "GB/T 30130", "standard_edition": "2023"}
        )
        cls.grade.with_context(lang="zh_CN").name = "胶版印刷纸"
        cls.product = cls.env["product.product"].create(
            {
                "name": "Offset",
                "is_paper": True,
                "type": "consu",
                "uom_id": cls.env.ref("uom.product_uom_kgm").id,
                "list_price": 6.5,
            }
        )
        cls.term = cls.env.ref("account.account_payment_term_30days", raise_if_not_found=False) or cls.env[
            "account.payment.term"
        ].create({"name": "30 days"})

    @classmethod
    def build_user(cls, login, groups, **values):
        return new_test_user(
            cls.env, login, groups=groups, email=f"{login}@example.com", tz="Asia/Shanghai", **values
        )

    @classmethod
    def build_spec(cls, **values):
        return cls.env["paper.spec"].create(
            {
                "grade_id": cls.grade.id,
                "format": "sheet",
                "basis_weight": 80,
                "width": 787,
                "length": 1092,
                "partner_id": cls.customer.id,
                **values,
            }
        )

    @classmethod
    def build_order(cls, lines=1, **values):
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.sales.id,
                "commitment_date": "2026-12-20 08:00:00",
                "payment_term_id": cls.term.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "paper_spec_id": cls.build_spec().id,
                            "paper_quantity": 100,
                            "paper_unit": "ream",
                            "price_unit": 6.5,
                        }
                    )
                    for _line in range(lines)
                ],
                **values,
            }
        )

    @classmethod
    def fill_blanks(cls, contract, **values):
        fill_blanks(contract, cls.sales, **values)

    @classmethod
    def build_contract(cls, order=None, state="draft", filled=True):
        """Walk a contract to ``state`` through its real steps, each taken by who may.

        :param filled: whether sales fills in the draft's blanks, without which it goes no further
        """
        order = order or cls.build_order()
        order.with_user(cls.sales).action_draft_contract()
        contract = order.contract_id
        if filled:
            cls.fill_blanks(contract)
        steps = [
            ("review", lambda: contract.with_user(cls.sales).action_submit_review()),
            ("reviewed", lambda: contract.current_review_id.with_user(cls.legal).action_accept()),
            ("sent", lambda: contract.with_user(cls.sales).action_send()),
            ("in_force", lambda: cls.sign_both(contract)),
        ]
        for name, step in steps:
            if contract.state == state:
                break
            step()
            assert contract.state == name, (contract.state, name)
        return contract

    @classmethod
    def sign_customer(cls, contract):
        secret = contract.sudo()
        secret._sign_customer(
            cls.token(contract),
            secret.pdf_sha256,
            "Wang Wei",
            SIGNATURE,
            "192.0.2.7",
            cls.env.user,
        )

    @classmethod
    def token(cls, contract):
        """Return the token to sign of the last letter to the customer, the one place where it stands."""
        return letter_tokens(contract).get("sign_token")

    @classmethod
    def read_token(cls, contract):
        return letter_tokens(contract).get("access_token")

    @classmethod
    def sign_both(cls, contract):
        cls.sign_customer(contract)
        contract.with_user(cls.manager).action_sign_company("Zhang Min", SIGNATURE)


class ContractCommon(ContractBuilder, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
