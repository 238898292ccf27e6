from odoo import api, fields, models

from ..message.paper_intake_message import SALES, WAITING

# What the handler is told at the order for as long as a word of the customer waits there.
LATER = "later_words"
READERS = "paper_base.group_sales,paper_base.group_management,paper_base.group_paper_overview"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_later_ids = fields.One2many("paper.intake.message", "about_order_id", string="Later Words", groups=READERS)
    paper_waiting_words = fields.Text(
        string="The Customer Wrote",
        compute="_compute_paper_waiting_words",
        groups=READERS,
        help="What the customer said after the order had come, and nobody has seen to yet.",
    )

    @api.depends("paper_later_ids.state", "paper_later_ids.wish")
    def _compute_paper_waiting_words(self):
        for order in self:
            waiting = order.paper_later_ids.filtered(lambda message: message.state in WAITING)
            order.paper_waiting_words = "\n".join(message._later_sentence() for message in waiting.sorted("id"))

    def action_open_later_words(self):
        """Open what the customer said after the order had come, what waits first."""
        self.ensure_one()
        waiting = self.paper_later_ids.filtered(lambda message: message.state in WAITING)
        return (waiting or self.paper_later_ids)._get_records_action(name=self.env._("Later Words"))

    def _tell_later_words(self):
        """Tell the handler of each order what the customer said last and nobody has seen to; end it where that is done."""
        if not self:
            return
        self.env["res.company"]._paper_told(self, LATER)
        # sudo: the order's handler is told, whoever brought the customer's words
        waiting = self.env["paper.intake.message"].sudo().search(
            [
                ("about_order_id", "in", self.ids),
                ("state", "in", WAITING),
                ("pending", "=", False),
                ("to_hand_over", "=", False),
            ],
            order="id",
        )
        latest = {message.about_order_id: message for message in waiting}
        for company, orders in waiting.about_order_id.grouped("company_id").items():
            company._paper_tell(
                lambda order: (order.user_id, latest[order].handler_id, SALES),
                orders,
                lambda order: latest[order].with_env(order.env)._later_sentence(),
                kind=LATER,
            )

    def _paper_reply_address(self):
        """Return the address that an answer to a letter about the order comes to, False if that is its sender's. Override
        where answers are read."""
        self.ensure_one()
        return False

    # What can be proposed for it

    def _proposal_labels(self):
        """Return ``{field: label}`` of what is read in a customer's words, in the language of the environment."""
        fields_of = {"paper_quantity": self.order_line, "commitment_date": self}
        return {name: model._fields[name]._description_string(self.env) for name, model in fields_of.items()}

    @api.model
    def _units_of(self, line):
        """Return ``{unit: label}`` that an item of the order can be counted in."""
        units = dict(line._paper_units())
        counted = ("ream", "sheet") if line.paper_spec_id.format == "sheet" else ()
        return {unit: label for unit, label in units.items() if unit in ("kg", "t", *counted)}
