from odoo import Command, api, models

from ..way.paper_mill_demo import BRIGHT, _reel, _sheet

# Paper that the mill makes for its own stock, in the order in which it is planned: (product, tonnes, figures).
FOR_STOCK = [
    ("offset", 900, _reel(80, 787, 1000, 76)),
    ("liner", 160, _reel(175, 2200, 1250, 100)),
    ("copy", 700, _sheet(80, 430, 610)),
    ("liner", 150, _reel(125, 1800, 1200, 100)),
    ("writing", 650, _sheet(60, 787, 1092)),
]
MADE_BEFORE = 5  # orders of offset paper for stock that were made and inspected
PULP_ON_ITS_WAY = 850_000  # kg of unbleached pulp
PULP_DAYS = 9


class PaperMillDemo(models.AbstractModel):
    """What keeps the demo mill's machines busy: paper for stock on the plan, pulp on its way."""

    _inherit = "paper.mill.demo"

    @api.model
    def _stock(self):
        self._make_history()
        self._plan_stock_orders()
        self._buy_pulp()

    def _make_history(self):
        """Make and inspect a few reels for stock: what the technical department knows of PM1's brightness."""
        figures = {**_reel(80, 787, 1000, 76), "limit_ids": BRIGHT}
        # sudo: the workshop finds its own orders
        productions = self._plan_for_stock("常备卷筒", [("offset", 8, figures)] * MADE_BEFORE).sudo()
        for number, production in enumerate(productions, start=1):
            self._run(production)
            self._declare_jumbo(production, number)
            self._inspect(production)
            self._as("workshop", production).button_mark_done()

    def _plan_stock_orders(self):
        self._plan_for_stock("库存生产，按周排产", FOR_STOCK)

    def _plan_for_stock(self, note, wanted):
        """Return manufacturing orders for stock on an approved plan, each with the specification of its paper."""
        plan = self._as("planning", self.env["paper.production.plan"]).create({"note": note})
        specs = {}
        for product, _tonnes, figures in wanted:
            key = (product, str(figures))
            specs[key] = specs.get(key) or self._stock_spec(product, figures)
        productions = self._as("planning", self.env["mrp.production"]).create(
            [
                {
                    "product_id": self.env.ref(f"paper_mill.product_{product}").id,
                    "product_qty": tonnes * 1000,
                    "bom_id": self.env.ref(f"paper_mill.bom_{product}").id,
                    "paper_plan_id": plan.id,
                    "paper_spec_id": specs[product, str(figures)].id,
                }
                for product, tonnes, figures in wanted
            ]
        )
        productions.action_confirm()
        plan.action_submit()
        self._subject_to_materials(plan)
        self._as("supervisor", plan).action_approve()
        return productions

    def _stock_spec(self, product, figures):
        grade = self.env.ref(f"paper_mill.product_{product}").paper_grade_id
        values = {**figures, "caliper": figures["basis_weight"] * 1.25, "grade_id": grade.id}
        return self._as("sales", self.env["paper.spec"]).create(values)

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
