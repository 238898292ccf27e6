from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import SuspicionDecidedError
from ..message.paper_intake_message import SALES, WAITING
from .paper_intake_message import COMPARED

DECIDED = Entering(by="decided_by_id", on="decided_on")


class PaperIntakeSuspicion(models.Model):
    """Two arrivals that look like the same order, come by two channels: the same customer, specification, quantity and
    delivery date. A person compares them and decides: the same, then one is closed as a duplicate; or both are
    wanted. Until then the later one waits. States: open, same, both, cleared (the figures were mended since).
    """

    _name = "paper.intake.suspicion"
    _description = "Suspected Duplicate"
    _inherit = ["mail.thread", "paper.step.mixin"]
    _order = "id desc"
    _rec_name = "message_id"
    _all_by_steps = True

    # A decision is taken up again as its arrival is reopened.
    _steps = {
        "open": {"same": (SALES,), "both": (SALES,), "cleared": ()},
        "same": {"open": ()},
        "both": {},
        "cleared": {},
    }
    _step_verbs = {"same": "same", "both": "both"}
    _entering = {"same": DECIDED, "both": DECIDED}
    _state_error = SuspicionDecidedError
    _right_error = SuspicionDecidedError
    _field_error = SuspicionDecidedError
    _locked_error = SuspicionDecidedError

    # by_steps is said here: the names of what the chatter keeps begin alike.
    message_id = fields.Many2one(
        "paper.intake.message", string="Later Arrival", required=True, index=True, ondelete="cascade", by_steps=True
    )
    other_message_id = fields.Many2one(
        "paper.intake.message", string="Earlier Arrival", index="btree_not_null", ondelete="cascade"
    )
    other_order_id = fields.Many2one(
        "sale.order", string="Order without Arrival", index="btree_not_null", ondelete="cascade"
    )
    channel_id = fields.Many2one(related="message_id.channel_id", string="Channel", store=True, index=True)
    other_channel_id = fields.Many2one("paper.intake.channel", string="Earlier Channel", compute="_compute_other_channel_id")
    company_id = fields.Many2one(related="message_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="message_id.partner_id", string="Customer")
    weight = fields.Float(related="message_id.weight", string="Weight (kg)")
    handler_id = fields.Many2one(related="message_id.handler_id", string="Handler")
    state = fields.Selection(
        [("open", "To Be Decided"), ("same", "The Same"), ("both", "Both Wanted"), ("cleared", "No Longer Alike")],
        required=True,
        default="open",
        index=True,
        tracking=True,
    )
    note = fields.Text(by_hand={"any": ()}, help="What the customer said, for example.")
    decided_by_id = fields.Many2one("res.users")
    decided_on = fields.Datetime()
    can_same = fields.Boolean(compute="_compute_can_steps")
    can_both = fields.Boolean(compute="_compute_can_steps")
    comparison = fields.Json(compute="_compute_comparison")
    can_close_other = fields.Boolean(compute="_compute_can_close_other")

    _pair_uniq = models.UniqueIndex("(message_id, other_message_id) WHERE other_message_id IS NOT NULL")
    _order_uniq = models.UniqueIndex("(message_id, other_order_id) WHERE other_order_id IS NOT NULL")
    _other_known = models.Constraint(
        "CHECK((other_message_id IS NULL) != (other_order_id IS NULL))", "A suspicion compares two."
    )

    @api.depends("other_message_id", "other_order_id")
    def _compute_other_channel_id(self):
        for suspicion in self:
            order = suspicion.other_order_id.sudo()  # sudo: only the channel's name is shown
            suspicion.other_channel_id = suspicion.other_message_id.channel_id or order.intake_channel_id

    @api.depends("can_same", "other_message_id.state")
    def _compute_can_close_other(self):
        for suspicion in self:
            waits = suspicion.other_message_id.state in WAITING
            suspicion.can_close_other = suspicion.can_same and waits

    # Side by side

    @api.depends("message_id", "other_message_id", "other_order_id")
    @api.depends_context("lang", "tz")
    def _compute_comparison(self):
        for suspicion in self:
            later = suspicion.message_id._compared_side()
            other = suspicion.other_message_id
            earlier = other._compared_side() if other else suspicion._order_side()
            fields_info = self.env["paper.intake.message"]._fields
            suspicion.comparison = {
                "sides": [earlier["head"], later["head"]],
                "rows": [
                    {
                        "name": name,
                        "label": fields_info[name]._description_string(self.env),
                        "values": [earlier["values"][name], later["values"][name]],
                        "differs": earlier["values"][name] != later["values"][name],
                    }
                    for name in COMPARED
                ],
            }

    def _order_side(self):
        """Return the side of an order that no arrival stands for, as one that was entered by hand."""
        self.ensure_one()
        order = self.other_order_id
        line = order.order_line.filtered(lambda rec: rec.paper_spec_id.width == self.message_id.width)[:1]
        spec = line.paper_spec_id
        figures = {
            "weight": line.paper_weight_kg,
            "tolerance": spec.tolerance_plus,
            "basis_weight": spec.basis_weight,
            "caliper": spec.caliper,
            "width": spec.width,
            "length": spec.length,
            "diameter_min": spec.reel_diameter_min,
            "diameter_max": spec.reel_diameter_max,
            "core_diameter": spec.core_diameter,
        }
        Message = self.env["paper.intake.message"]
        values = {name: Message._compared_figure(name, value) for name, value in figures.items()}
        values |= {
            "partner_id": order.partner_id.commercial_partner_id.display_name or "",
            "product_id": line.product_id.display_name or "",
            "number": order.client_order_ref or "",
            "commitment_date": order.company_id._paper_date(order.commitment_date),
            "payment_term_id": order.payment_term_id.display_name or "",
            "quality_requirement": spec.quality_requirement or "",
        }
        head = {
            "title": order.intake_channel_id.name or self.env._("Entered by Hand"),
            "subtitle": order.name,
            "received": order.company_id._paper_moment(order.create_date),
            "handler": order.user_id.name or "",
            "state": dict(order._fields["state"]._description_selection(self.env))[order.state],
            "raw": "",
        }
        return {"head": head, "values": values}

    # Decided by a person

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise SuspicionDecidedError(self.env._("What was suspected stays on record, with who decided."))

    def action_same(self):
        """Close the later arrival as a duplicate of the earlier one (R3.1.2)."""
        self._check_decision("same")
        for suspicion in self:
            suspicion.message_id._close_as_duplicate(suspicion.other_message_id)
        return self._take_step("same")

    def action_same_close_earlier(self):
        """Close the earlier arrival, that still waits, as a duplicate of the later one, which goes on (R3.1.2)."""
        self._check_decision("same")
        for suspicion in self:
            if not suspicion.can_close_other:
                raise SuspicionDecidedError(
                    self.env._(
                        "%(arrival)s is an order already: close the later one.",
                        arrival=suspicion.other_message_id.display_name or suspicion.other_order_id.name,
                    )
                )
            suspicion.other_message_id._close_as_duplicate(suspicion.message_id)
        self._take_step("same")
        self.message_id._go_on()
        return True

    def action_both(self):
        """Record that the customer wants both; the later one goes on (R3.1.2)."""
        self._check_decision("both")
        self._take_step("both")
        self.message_id._go_on()
        return True

    def _check_decision(self, state):
        self.check_access("write")
        self._check_step(state)

    def action_open_message(self):
        """Open the later arrival."""
        return self.message_id._get_records_action(name=self.env._("Arrival"))

    def action_open_other(self):
        """Open the earlier arrival, or the order."""
        self.ensure_one()
        return (self.other_message_id or self.other_order_id)._get_records_action(name=self.env._("Earlier"))
