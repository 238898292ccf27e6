from odoo import Command
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import new_test_user


class PaperProductionCommon(PaperQualityCommon):
    """A mill with a paper machine and a winder that makes to order, and a user for each department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_own_rules(cls, {"plan", "confirmed", "materials"})
        departments = ("sales", "planning", "supervisor", "workshop", "purchasing", "equipment", "warehouse", "management")
        cls.users = {name: new_test_user(cls.env, f"prod_{name}", groups=f"paper_base.group_{name}") for name in departments}
        cls.planner, cls.supervisor, cls.operator = (cls.users[x] for x in ("planning", "supervisor", "workshop"))
        cls.seller = cls.users["sales"]
        cls.machine, cls.winder = cls.env["mrp.workcenter"].create(
            [{"name": "PM1", "paper_deckle": 2640}, {"name": "Winder"}]
        )
        cls.paper = cls.create_made_to_order()
        cls.customer = cls.env["res.partner"].create({"name": "Printer"})
        cls.env["stock.quant"]._update_available_quantity(cls.pulp, cls.warehouse.lot_stock_id, 100000)

    @classmethod
    def create_made_to_order(cls, name="Offset paper to order", **vals):
        routes = cls.env.ref("stock.route_warehouse0_mto") | cls.env.ref("mrp.route_warehouse0_manufacture")
        paper = cls.create_paper(name, route_ids=[Command.set(routes.ids)], **vals)
        paper.bom_ids.operation_ids = [
            Command.create({"name": "Make", "workcenter_id": cls.machine.id, "time_cycle_manual": 60}),
            Command.create({"name": "Wind", "workcenter_id": cls.winder.id, "time_cycle_manual": 30}),
        ]
        return paper

    @classmethod
    def create_order(cls, *specs, kg=1000, product=None, confirm=True):
        """Return an order of the salesperson with a line for each specification."""
        order = cls.env["sale.order"].with_user(cls.seller).create(
            {
                "partner_id": cls.customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": (product or cls.paper).id,
                            "paper_spec_id": spec.id,
                            "paper_quantity": kg,
                            "paper_unit": "kg",
                        }
                    )
                    for spec in specs or [cls.create_spec()]
                ],
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def productions(cls, order):
        return order.sudo()._paper_productions().sudo(False)

    @classmethod
    def create_plan(cls, productions=None, **vals):
        plan = cls.env["paper.production.plan"].with_user(cls.planner).create(vals)
        if productions:
            productions.with_user(cls.planner).write({"paper_plan_id": plan.id})
        return plan

    @classmethod
    def approved_plan(cls, productions):
        plan = cls.create_plan(productions)
        plan.action_submit()
        plan.with_user(cls.supervisor).action_approve()
        return plan

    @classmethod
    def amend(cls, plan, reason="PM1 stands still"):
        """Let the supervisor open an approved plan, saying why."""
        plan.with_user(cls.supervisor).action_amend(reason)
        return plan

    @classmethod
    def make(cls, production):
        """Let the workshop do the work orders of an order."""
        for workorder in production.with_user(cls.operator).workorder_ids:
            workorder.button_start()
            workorder.button_finish()

    @classmethod
    def milestone(cls, order, code):
        return next(item for item in order.sudo()._get_milestones()[order.sudo()] if item["code"] == code)
