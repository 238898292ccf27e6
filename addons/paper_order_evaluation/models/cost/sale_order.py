from odoo import fields, models

# Who may read what an order leaves: the same people as read the evaluation's opinion on cost, and the sales app's own.
MARGIN_READERS = (
    "paper_base.group_finance,paper_base.group_management,paper_base.group_sales,sales_team.group_sale_salesman,"
    "paper_base.group_paper_overview"
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Without a group, a customer could read both through the portal; with the standard one, every workshop.
    margin = fields.Monetary(groups=MARGIN_READERS)
    margin_percent = fields.Float(groups=MARGIN_READERS)
