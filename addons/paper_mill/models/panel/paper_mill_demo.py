from odoo import Command, api, models

from ..way.paper_mill_demo import BRIGHT, DELIVERY_HOUR, DIMENSIONS, _reel, _sheet

# Orders before the panel: (customer, product, figures, quantity, unit, days until delivery, price a kg or None, how it went).
PANELS = [
    ("yucai", "writing", _sheet(60, 787, 1092), 600, "ream", 30, 6.95, "passed"),
    ("huawen", "offset", {**_reel(80, 880, 1050, 76), "limit_ids": BRIGHT}, 36, "t", 28, 5.75, "conditional"),
    ("chenguang", "offset", _sheet(160, 889, 1194), 60, "t", 26, None, "offered"),
    # More than PM2 has hours for before its shutdown, on whichever weekday the demo mill begins.
    ("dongfang", "liner", _reel(175, 2200, 1250, 100), 450, "t", 10, None, "failed"),
    # Its pulp comes on day PULP_DAYS, and PM1 is full before it begins: nobody keeps this date, on any weekday.
    ("dongfang", "kraft", _reel(100, 1600, 1200, 100), 800, "t", 13, None, "late"),
    ("huawen", "offset", _reel(135, 787, 1000, 76), 40, "t", 60, None, "developing"),
]

YES = {
    "sales": "老客户，付款及时。",
    "capacity": "可以排产。",
    "materials": "库存充足。",
    "technical": "常规品种。",
    "cost": "毛利符合要求。",
}
# What the departments say of them: a plain yes, or a pair of verdict and words.
SAID = {
    "passed": YES,
    "conditional": {**YES, "cost": ("conditional", "单价低于品类最低毛利，须由管理层批准，下批恢复原价。")},
    "offered": {**YES, "technical": ("no", "160 g/m² 超出 PM1 的定量范围。")},
    "failed": {**YES, "capacity": ("no", "交期内 PM2 检修，排不进。")},
    "late": {"sales": "客户希望按期，可商量办法。"},
    "developing": {},
}


class PaperMillDemo(models.AbstractModel):
    """The demo mill's panels: every way an evaluation can go, each step taken by the person whose step it is."""

    _inherit = "paper.mill.demo"

    @api.model
    def _panels(self):
        orders = [(self._order_before_panel(number, *panel), panel[-1]) for number, panel in enumerate(PANELS, start=1)]
        for order, _outcome in orders:
            self._as("sales", order).action_submit_evaluation()
        for order, outcome in orders:
            # sudo: each department finds its own opinion below, and acts on it with its own rights
            evaluation = order.sudo()._current_evaluation()
            self._give(evaluation, **SAID[outcome])
            getattr(self, f"_panel_{outcome}")(evaluation)

    def _order_before_panel(self, number, customer, product, figures, quantity, unit, days, price, _outcome):
        values = self._order_values(100 + number, customer, product, figures, quantity, unit, "evaluating")
        values["commitment_date"] = self._moment(days, DELIVERY_HOUR)
        values["client_order_ref"] = f"PO-{2700 + number}"
        order = self._as("sales", self.env["sale.order"]).create(values)
        if price:
            order.order_line.price_unit = price
        return order

    def _give(self, evaluation, **said):
        """Give the opinions that are named: a plain yes, or a pair of verdict and words."""
        for dimension, words in said.items():
            verdict, text = words if isinstance(words, tuple) else ("yes", words)
            opinion = evaluation.opinion_ids.filtered(lambda rec, wanted=dimension: rec.dimension == wanted)
            own = self._as(DIMENSIONS[dimension], opinion)
            own.write({"verdict": verdict, "comment": text, "condition": text if verdict == "conditional" else False})
            own.action_submit()

    def _panel_passed(self, evaluation):
        self._as("management", evaluation).action_close()

    _panel_conditional = _panel_failed = _panel_passed

    def _panel_offered(self, evaluation):
        self._panel_failed(evaluation)
        order = self._as("sales", evaluation.order_id).with_context(paper_letter_of=evaluation.id)
        order.message_post(
            body=evaluation.customer_letter,
            partner_ids=evaluation.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _panel_late(self, evaluation):
        """Nothing more: planning has the ways out before it, side by side."""

    def _panel_developing(self, evaluation):
        """The technical department plans how a paper will be made that cannot be made today; the date waits for it."""
        technical = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "technical")
        action = self._as("technical", technical).action_plan_development()
        plan = self._as("technical", self.env["paper.development.plan"].browse(action["res_id"]))
        owner = self.env.ref("paper_mill.user_technical")
        plan.write(
            {
                "milestone_ids": [
                    Command.create({"name": name, "user_id": owner.id, "date": self._day(days)})
                    for name, days in (("配方与打浆试验", 7), ("PM1 试机 130–140 g/m²", 18), ("样品检验与客户确认", 25))
                ]
            }
        )
        plan.action_start()
        opinions = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        self._as("planning", opinions).action_refresh()
