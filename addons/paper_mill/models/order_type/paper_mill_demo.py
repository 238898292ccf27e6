from odoo import api, models

from ..way.paper_mill_demo import DELIVERY_HOUR, _reel, _sheet

# An order of each type: (type, customer, product, figures, quantity, unit, days until delivery or None).
TYPED = [
    ("sample", "yucai", "copy", _sheet(70, 430, 610), 200, "kg", 25),
    ("framework", "huawen", "offset", _reel(80, 880, 1050, 76), 240, "t", None),
    ("stock", None, "liner", _reel(175, 2200, 1250, 100), 40, "t", 60),
    ("toll", "dongfang", "kraft", _reel(100, 1600, 1200, 100), 25, "t", 75),
]
FRAMEWORK_DAYS = 365
CALLED_OFF = 30  # tonnes of the framework
PULP_BROUGHT = 27_000  # kg that the customer of the toll order brings
PULP_BROUGHT_DAYS = 14


class PaperMillDemo(models.AbstractModel):
    """The demo mill's orders that are no standard ones: a sample, a framework with its call-off, paper for stock, toll
    manufacturing; each as far as the people of the departments take it.
    """

    _inherit = "paper.mill.demo"

    @api.model
    def _types(self):
        orders = {values[0]: self._typed_order(number, *values) for number, values in enumerate(TYPED, start=1)}
        self._as("sales", self.env["paper.customer.material"]).create(
            {
                "order_id": orders["toll"].id,
                "product_id": self.env.ref("paper_mill.product_pulp_unbleached").id,
                "quantity_kg": PULP_BROUGHT,
                "promised_date": self._day(PULP_BROUGHT_DAYS),
                "yield_percent": 96,
            }
        )
        for order in orders.values():
            order.action_submit_evaluation()
        self._close_typed(orders["sample"], "planning", "technical")
        framework = orders["framework"]
        self._close_typed(framework, "sales", "technical", "finance")
        self._legal(framework)
        self._sent(framework)
        self._confirmed(framework)
        called = self._as("sales", self.env["sale.order"].browse(framework.action_call_off()["res_id"]))
        called.write({"client_order_ref": "PO-2910", "commitment_date": self._moment(40, DELIVERY_HOUR)})
        called.order_line.paper_quantity = CALLED_OFF
        called.action_submit_evaluation()

    def _typed_order(self, number, order_type, customer, product, figures, quantity, unit, days):
        values = self._order_values(200 + number, customer or "huawen", product, figures, quantity, unit, "evaluating")
        values.update(
            paper_order_type=order_type,
            client_order_ref=f"PO-{2900 + number}",
            commitment_date=days and self._moment(days, DELIVERY_HOUR),
        )
        if order_type == "framework":
            values.update(paper_valid_from=self._day(), paper_valid_to=self._day(FRAMEWORK_DAYS))
        if not customer:
            values["partner_id"] = self.env.ref("base.main_company").partner_id.id
        return self._as("sales", self.env["sale.order"]).create(values)

    def _close_typed(self, order, *departments):
        self._give_opinion(order, *departments)
        # sudo: the management needs the order's evaluation, and closes it with its own rights
        self._as("management", order.sudo().paper_evaluation_ids).action_close()
