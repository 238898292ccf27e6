from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    intake_channel_id = fields.Many2one(
        "paper.intake.channel",
        string="Came by",
        check_company=True,
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
        help="The channel that the order reached the mill by (R3.1.1).",
    )
    intake_message_ids = fields.One2many(
        "paper.intake.message",
        "order_id",
        string="Arrivals",
        groups="paper_base.group_sales,paper_base.group_management,paper_base.group_paper_overview",
    )

    def action_open_intake_message(self):
        """Open what arrived for this order, as it came."""
        self.ensure_one()
        return self.intake_message_ids._get_records_action(name=self.env._("Arrivals"))
