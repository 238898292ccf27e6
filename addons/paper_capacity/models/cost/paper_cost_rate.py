from odoo import api, fields, models


class PaperCostRate(models.Model):
    """What the mill pays for energy, labour, packing, freight and money, from a day on. Finance keeps it; an order is
    costed with the rates of the day on which it is evaluated (R3.3.5).
    """

    _name = "paper.cost.rate"
    _description = "Cost Rate"
    _order = "kind, date_from desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("electricity", "Electricity (per kWh)"),
            ("steam", "Steam (per t)"),
            ("labour", "Labour (per person and hour)"),
            ("packing", "Packing (per t of paper)"),
            ("freight", "Freight (per t of paper)"),
            ("interest", "Financing (% a year)"),
        ],
        required=True,
        index=True,
    )
    format = fields.Selection([("reel", "Reel"), ("sheet", "Sheet")], help="For packing; blank: for both.")
    rate = fields.Float(digits=(16, 4), required=True, help="In company currency; financing in percent a year.")
    date_from = fields.Date(string="Valid from", required=True, default=lambda self: self.env.company._paper_today())
    date_to = fields.Date(string="Valid to")
    note = fields.Char(help="Where the rate comes from: tariff, contract, payroll …")

    _rate_positive = models.Constraint("CHECK(rate >= 0)", "A rate cannot be negative.")
    _dates_forward = models.Constraint("CHECK(date_to IS NULL OR date_to >= date_from)", "A rate cannot end before it begins.")

    @api.depends("kind", "rate")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for rate in self:
            rate.display_name = f"{names.get(rate.kind, '')}: {rate.rate:.10g}"

    @api.model
    def _rates_of(self, company, date):
        """Return ``{kind: rate}`` that hold on ``date``; packing also as ``("packing", format)``.

        Of several, the one that began last wins.
        """
        rates = {}
        for rate in self.search([("company_id", "=", company.id), ("date_from", "<=", date)]):
            if rate.date_to and rate.date_to < date:
                continue
            key = (rate.kind, rate.format) if rate.kind == "packing" and rate.format else rate.kind
            rates.setdefault(key, rate.rate)
        return rates
