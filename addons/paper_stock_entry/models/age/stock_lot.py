from datetime import timedelta

from odoo import api, fields, models

WAREHOUSE = "paper_base.group_warehouse"


class StockLot(models.Model):
    """The age of paper in stock, from the day it was made."""

    _inherit = "stock.lot"

    paper_age_days = fields.Integer(
        string="Age (days)", compute="_compute_paper_age_days", search="_search_paper_age_days", help="Since it was made."
    )
    paper_too_old = fields.Boolean(string="Lies Too Long", compute="_compute_paper_age_days")

    @api.depends("paper_made_on", "paper_spec_id.grade_id.paper_max_age")
    def _compute_paper_age_days(self):
        now = fields.Datetime.now()
        for lot in self:
            made = lot.paper_made_on or lot.create_date or now
            lot.paper_age_days = max((now - made).days, 0)
            keeps = lot.sudo().paper_spec_id.grade_id.paper_max_age  # sudo: only how long it keeps is asked
            lot.paper_too_old = bool(keeps) and lot.paper_age_days > keeps

    @api.model
    def _search_paper_age_days(self, operator, value):
        turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
        if operator not in turned or not isinstance(value, int):
            return NotImplemented
        return [("paper_made_on", turned[operator], fields.Datetime.now() - timedelta(days=value))]

    def _paper_older_for_sale(self):
        """Return the rolls of the same paper that are older, for sale, in stock and kept for nobody: they go first."""
        self.ensure_one()
        # sudo: the rule is the same whatever the user may read
        quants = (
            self.env["stock.quant"]
            .sudo()
            .search(
                [
                    ("lot_id.paper_spec_id", "=", self.paper_spec_id.id),
                    ("product_id", "=", self.product_id.id),
                    ("lot_id.paper_disposition", "=", "sale"),
                    ("lot_id.paper_made_on", "<", self.paper_made_on),
                    ("location_id.usage", "=", "internal"),
                    ("company_id", "=", self.company_id.id or self.env.company.id),
                ]
            )
            if self.paper_made_on and self.paper_spec_id
            else self.env["stock.quant"]
        )
        return quants.filtered(lambda quant: quant.quantity - quant.reserved_quantity > 0).lot_id.with_env(self.env)

    @api.model
    def _cron_paper_age(self):
        """Tell the warehouse of rolls that lie longer than their grade keeps, the oldest first."""
        # sudo: the job knows all stock
        grades = self.env["paper.grade"].sudo().search([("paper_max_age", ">", 0)])
        now = fields.Datetime.now()
        for grade in grades:
            old = self.sudo().search(  # sudo: as above
                [
                    ("paper_spec_id.grade_id", "=", grade.id),
                    ("paper_made_on", "<", now - timedelta(days=grade.paper_max_age)),
                    ("quant_ids.location_id.usage", "=", "internal"),
                    ("quant_ids.quantity", ">", 0),
                ],
                order="paper_made_on",
                limit=200,
            )
            for company, lots in old.grouped("company_id").items():
                (company or self.env.company)._paper_tell(
                    WAREHOUSE,
                    lots,
                    lambda lot: lot.env._("%(roll)s lies for %(days)s days", roll=lot.name, days=lot.paper_age_days),
                    kind="age",
                    quietly=True,
                )
