from odoo import Command, api, models

from .paper_mill_demo import BRIGHT, _reel

# Paper that the mill makes for its own stock, in the order in which it is planned: (product, tonnes).
FOR_STOCK = [("offset", 900), ("liner", 160), ("copy", 700), ("liner", 150), ("writing", 650)]
MADE_BEFORE = 5  # orders of offset paper for stock that were made and inspected
PULP_ON_ITS_WAY = 850_000  # kg of unbleached pulp
PULP_DAYS = 9


class PaperMillDemo(models.AbstractModel):
    """What keeps the demo mill's machines busy: paper for stock on the plan, pulp on its way."""

    _inherit = "paper.mill.demo"

    @api.model
    def _load_plan(self):
        self._make_history()
        self._plan_stock_orders()
        self._buy_pulp()

    def _make_history(self):
        """Make and inspect a few reels for stock: what the technical department knows of PM1's brightness."""
        spec = self._as("sales", self.env["paper.spec"]).create(
            {
                **_reel(80, 787, 1000, 76),
                "caliper": 100,
                "grade_id": self.env.ref("paper_mill.grade_offset").id,
                "limit_ids": BRIGHT,
            }
        )
        # sudo: the workshop finds its own orders
        self._make(self._plan_for_stock("常备卷筒", [("offset", 8)] * MADE_BEFORE, paper_spec_id=spec.id).sudo())

    def _plan_stock_orders(self):
        self._plan_for_stock("库存生产，按周排产", FOR_STOCK)

    def _plan_for_stock(self, note, wanted, **values):
        """Return manufacturing orders for stock on an approved plan."""
        plan = self._as("planning", self.env["paper.production.plan"]).create({"note": note})
        productions = self._as("planning", self.env["mrp.production"]).create(
            [
                {
                    "product_id": self.env.ref(f"paper_mill.product_{product}").id,
                    "product_qty": tonnes * 1000,
                    "bom_id": self.env.ref(f"paper_mill.bom_{product}").id,
                    "paper_plan_id": plan.id,
                    **values,
                }
                for product, tonnes in wanted
            ]
        )
        productions.action_confirm()
        plan.action_submit()
        self._as("supervisor", plan).action_approve()
        return productions

    def _buy_pulp(self):
        arrives = self._moment(PULP_DAYS, 9)
        pulp = self.env.ref("paper_mill.product_pulp_unbleached")
        order = self._as("purchasing", self.env["purchase.order"]).create(
            {
                "partner_id": self.env.ref("paper_mill.supplier_pulp").id,
                "order_line": [
                    Command.create({"product_id": pulp.id, "product_qty": PULP_ON_ITS_WAY, "date_planned": arrives})
                ],
            }
        )
        order.button_confirm()
