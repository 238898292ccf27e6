from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user


class PaperQualityCommon(BaseCommon):
    """A mill that makes one paper from pulp, and the people who make and inspect it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = new_test_user(cls.env, "quality_inspector", groups="paper_base.group_quality")
        cls.approver = new_test_user(cls.env, "quality_approver", groups="paper_base.group_quality")
        cls.worker = new_test_user(cls.env, "quality_worker", groups="paper_base.group_paper_user,mrp.group_mrp_user")
        cls.seller = new_test_user(cls.env, "quality_seller", groups="paper_base.group_sales")
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.grade = cls.env["paper.grade"].create({"name": "Offset"})
        cls.pulp = cls.env["product.product"].create(
            {"name": "Pulp", "type": "consu", "is_storable": True, "uom_id": cls.kg.id}
        )
        cls.paper = cls.create_paper()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)

    @classmethod
    def create_paper(cls, name="Offset paper", **vals):
        product = cls.env["product.product"].create(
            {"name": name, "type": "consu", "is_storable": True, "is_paper": True, "uom_id": cls.kg.id, **vals}
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1000,
                "product_uom_id": cls.kg.id,
                "bom_line_ids": [
                    Command.create({"product_id": cls.pulp.id, "product_qty": 1050, "product_uom_id": cls.kg.id})
                ],
            }
        )
        return product

    @classmethod
    def create_spec(cls, limits=(), **vals):
        return cls.env["paper.spec"].create(
            {
                "grade_id": cls.grade.id,
                "format": "reel",
                "basis_weight": 80,
                "width": 787,
                "reel_diameter_min": 950,
                "reel_diameter_max": 1000,
                "core_diameter": 76,
                "limit_ids": [Command.create(limit) for limit in limits],
                **vals,
            }
        )

    @classmethod
    def create_production(cls, spec=None, qty=1000, product=None, user=None, confirm=True, **vals):
        product = product or cls.paper
        production = (
            cls.env["mrp.production"]
            .with_user(user or cls.worker)
            .create(
                {
                    "product_id": product.id,
                    "product_qty": qty,
                    "product_uom_id": cls.kg.id,
                    "bom_id": product.bom_ids[:1].id,
                    "paper_spec_id": spec.id if spec else False,
                    **vals,
                }
            )
        )
        if confirm:
            production.action_confirm()
        return production

    @classmethod
    def release(cls, productions):
        """Approve the production plan that the orders need where the mill plans its production."""
        if "paper.production.plan" not in cls.env:
            return
        planner, supervisor = (
            new_test_user(cls.env, f"{name}_{productions.ids[0]}", groups=f"paper_base.group_{name}")
            for name in ("planning", "supervisor")
        )
        plan = cls.env["paper.production.plan"].with_user(planner).create({})
        # No paper is planned that nobody specified: what is tried without a specification has one as long as that is asked.
        loose = productions.sudo().filtered(lambda rec: rec.is_paper and not rec.paper_spec_id)
        loose.paper_spec_id = cls.create_spec()
        productions.with_user(planner).write({"paper_plan_id": plan.id})
        plan.action_submit()
        plan.with_user(supervisor).action_approve()
        loose._as_released().paper_spec_id = False

    @classmethod
    def answer(cls, inspection, good=True):
        """Fill in an inspection as its inspector: inside the limits, or outside of one of them."""
        for line in inspection.with_user(cls.inspector).inspection_lines:
            if line.question_type == "qualitative":
                line.qualitative_value = line.possible_ql_values.filtered(lambda value: value.ok == good)[:1]
            else:
                inside = line.min_value if line.has_minimum else line.max_value if line.has_maximum else line.target
                line.quantitative_value = inside or 5.5  # what is only recorded is above zero as well
        return inspection.with_user(cls.inspector)

    @classmethod
    def made(cls, production, qty=None):
        """Let the worker make an order, or ``qty`` of it, and say so; what is made already stays."""
        if production.sudo()._paper_made() and not qty:
            return
        if "paper_plan_id" in production._fields and not production.paper_plan_id:
            cls.release(production)
        production = production.with_user(cls.worker)
        production.qty_producing = qty or production.product_qty
        production._set_qty_producing()
        # sudo: the operations of the order, where it has any, are not what is tested here
        production.sudo().workorder_ids.button_finish()

    @classmethod
    def passed(cls, production, qty=None):
        """Let the final inspection of an order pass, once it is made."""
        cls.made(production, qty)
        inspection = cls.answer(production.sudo().inspection_ids.filtered(lambda rec: rec.state == "ready"))
        inspection.action_confirm()
        return inspection

    @classmethod
    def failed(cls, production):
        """Let the final inspection of an order fail, once it is made."""
        cls.made(production)
        inspection = cls.answer(production.sudo().inspection_ids.filtered(lambda rec: rec.state == "ready"), good=False)
        inspection.action_confirm()
        inspection.with_user(cls.approver).action_approve()
        return inspection

    @classmethod
    def entered(cls, production):
        """Let an order pass its inspection and enter stock as one lot; return the lot."""
        cls.passed(production)
        production.action_generate_serial()
        production = production.with_user(cls.worker)
        production.qty_producing = production.product_qty
        production._set_qty_producing()
        production.with_context(skip_consumption=True).button_mark_done()
        return production.lot_producing_ids.with_env(cls.env)

    @classmethod
    def on_hand(cls, product=None):
        return (product or cls.paper).with_context(warehouse_id=cls.warehouse.id).qty_available
