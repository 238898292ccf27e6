from unittest.mock import patch

from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user

from ..models.blocker.sale_order import SaleOrder as BlockedOrder
from ..models.milestone.sale_order import SaleOrder as WalkingOrder
from ..models.standing.columns import store_columns
from ..models.standing.sale_order import STANDING


class PaperCommon(BaseCommon):
    """A small mill: a grade, paper products in kg and t, a customer, a salesperson and a manager.

    The orders have the blockers and milestones of paper_base alone, whatever else is installed; another
    addon's tests set ``only_own_rules = False``.
    """

    only_own_rules = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.only_own_rules:
            cls._leave_other_addons_out()
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.tonne = cls.env.ref("uom.product_uom_ton")
        cls.units = cls.env.ref("uom.product_uom_unit")
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.offset = cls.env["paper.grade"].create({"name": "offset", "code": "T-OF"})
        cls.offset.with_context(lang="zh_CN").name = "双胶纸"
        cls.paper = cls._create_product("Offset paper", cls.kg, is_paper=True)
        cls.paper_t = cls._create_product("Offset paper by the tonne", cls.tonne, is_paper=True)
        cls.pallet = cls._create_product("Pallet", cls.units)
        cls.customer = cls.env["res.partner"].create({"name": "Hua Print", "is_company": True})
        cls.salesman = cls._create_user("t_sales", "paper_base.group_sales")
        cls.manager = cls._create_user("t_manager", "paper_base.group_management")

    @classmethod
    def _leave_other_addons_out(cls):
        order_class = cls.registry["sale.order"]
        own = {
            "_get_blockers": lambda orders, step: BlockedOrder._get_blockers(orders, step),
            "_get_milestones": lambda orders: WalkingOrder._get_milestones(orders),
            "_paper_open_steps": lambda orders: WalkingOrder._paper_open_steps(orders),
        }
        for name, method in own.items():
            patcher = patch.object(order_class, name, method)
            patcher.start()
            cls.addClassCleanup(patcher.stop)

    # Builders: what is not said is a plain, possible value.

    @classmethod
    def _create_user(cls, login, *groups, **values):
        return new_test_user(cls.env, login, groups=",".join(groups or ["base.group_user"]), **values)

    @classmethod
    def _create_product(cls, name, uom, **values):
        values = {"name": name, "uom_id": uom.id, "list_price": 6, "taxes_id": [Command.clear()], **values}
        return cls.env["product.product"].create(values)

    @classmethod
    def _prepare_sheet(cls, **values):
        return {
            "format": "sheet",
            "grade_id": cls.offset.id,
            "basis_weight": 80,
            "width": 787,
            "length": 1092,
            **values,
        }

    @classmethod
    def _prepare_reel(cls, **values):
        return {
            "format": "reel",
            "grade_id": cls.offset.id,
            "basis_weight": 80,
            "caliper": 100,
            "width": 787,
            "reel_diameter_max": 1000,
            "core_diameter": 76,
            **values,
        }

    @classmethod
    def _create_sheet(cls, **values):
        return cls.env["paper.spec"].create(cls._prepare_sheet(**values))

    @classmethod
    def _create_reel(cls, **values):
        return cls.env["paper.spec"].create(cls._prepare_reel(**values))

    @classmethod
    def _prepare_line(cls, spec=None, product=None, **values):
        values = {"product_id": (product or cls.paper).id, **values}
        if spec is not None:
            values = {"paper_quantity": 100, "paper_unit": "ream", "paper_spec_id": spec.id, **values}
        return values

    @classmethod
    def _create_order(cls, *lines, **values):
        """Create an order of the salesperson, in any state; without ``lines`` of 100 reams of sheets."""
        lines = lines or [cls._prepare_line(cls._create_sheet())]
        made = (
            cls.env["sale.order"]
            ._by_step("state")
            .create(
                {
                    "partner_id": cls.customer.id,
                    "user_id": cls.salesman.id,
                    "order_line": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )
        return made.with_env(cls.env)

    # Another addon, as far as paper_base can tell

    def _block(self, step="confirm", code="test", role="paper_base.group_management", message="Something is missing."):
        """Let an addon block ``step`` of every paper order until the test ends, or until the patch returned is stopped."""
        upstream = BlockedOrder._get_blockers

        def _get_blockers(orders, asked):
            blockers = upstream(orders, asked)
            if asked == step:
                for order in orders.filtered("is_paper_order"):
                    blockers[order].append(orders._paper_blocker(code, message, role=role))
            return blockers

        patcher = patch.object(BlockedOrder, "_get_blockers", _get_blockers)
        patcher.start()
        self.addCleanup(patcher.stop)
        return patcher

    def _add_milestones(self, *milestones):
        """Let an addon report ``milestones``, keyword arguments of ``_paper_milestone``, for every order, until the
        test ends, or until the patch returned is stopped.
        """
        upstream = WalkingOrder._get_milestones

        def _get_milestones(orders):
            found = upstream(orders)
            for order in orders:
                found[order] += [orders._paper_milestone(**milestone) for milestone in milestones]
            return found

        patcher = patch.object(WalkingOrder, "_get_milestones", _get_milestones)
        patcher.start()
        self.addCleanup(patcher.stop)
        return patcher

    def _settle(self):
        """End what is done at the end of a transaction."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _stand(self, order, values):
        """Let an order stand elsewhere, as if a document had moved it."""
        row = {name: (order[name].id or None) if name.endswith("_id") else order[name] or None for name in STANDING}
        rows = [(line.id, values.get("paper_stage", order.paper_stage) or None) for line in order.order_line]
        store_columns(order.order_line, ["paper_stage"], rows)
        order.order_line.invalidate_recordset(["paper_stage"], flush=False)
        order._store_standing([(order.id, *({**row, "paper_stage_ball": False, **values}[name] for name in STANDING), None)])
