from odoo import api, fields, models

from ..exceptions import HandOverError
from .paper_intake_message import ONLINE, SALES

# Where an arrival is of nobody's concern any more.
CLOSED = ("split", "duplicate", "ignored")


class PaperIntakeMessage(models.Model):
    """What comes by an online channel is received by the online operator, and handed over to sales at once (R3.1.2)."""

    _inherit = "paper.intake.message"

    operator_id = fields.Many2one(
        "res.users", string="Received by", by_steps=True, help="The online operator who got it first, to hand it over."
    )
    handed_over_on = fields.Datetime(by_steps=True, help="When it was handed over to sales.")
    to_hand_over = fields.Boolean(
        compute="_compute_to_hand_over", store=True, by_steps=True, help="Still with the online operator."
    )
    can_hand_over = fields.Boolean(compute="_compute_can_hand_over")

    _to_hand_over_idx = models.Index("(channel_id, handover_deadline) WHERE to_hand_over")

    @api.depends("operator_id", "handed_over_on", "state")
    def _compute_to_hand_over(self):
        for message in self:
            given = message.operator_id and not message.handed_over_on
            message.to_hand_over = bool(given and message.state not in CLOSED)

    @api.depends("to_hand_over")
    @api.depends_context("uid")
    def _compute_can_hand_over(self):
        may = self._is_one_of((ONLINE, SALES))
        for message in self:
            message.can_hand_over = message.to_hand_over and (may or message.handler_id == self.env.user)

    # Who has it

    def _note_operators(self):
        """Note on new arrivals which of them an online operator got, who is to hand them over."""
        for handler, messages in self.grouped("handler_id").items():
            if handler._is_online_operator():
                messages._keep({"operator_id": handler.id})

    def _note_handed_over(self):
        """Note on arrivals that got another handler that they are handed over, unless he is an online operator, too."""
        for handler, messages in self.filtered("to_hand_over").grouped("handler_id").items():
            if handler._is_online_operator():
                messages._keep({"operator_id": handler.id})
            elif handler:
                messages._keep({"handed_over_on": fields.Datetime.now()})
                messages._pass_orders_on()

    def _take_by_acting(self):
        """Note that whoever of sales acts on an arrival that was not handed over yet has taken it over by that."""
        if self.env.user.has_group(SALES) and (taken := self.filtered("to_hand_over")):
            taken.sudo().write({"handler_id": self.env.uid})  # sudo: the step was allowed, this follows from it

    def _pass_orders_on(self):
        """Give the orders of arrivals that were handed over to who handles them now. Override to tell him."""
        passed = self.filtered(lambda message: message.operator_id and message.handed_over_on and message.order_id)
        for handler, messages in passed.grouped("handler_id").items():
            # sudo: the order goes along with its arrival, whoever hands it over
            orders = messages.sudo().order_id
            orders.filtered(lambda order, user=handler: order.user_id != user).write({"user_id": handler.id})

    # Handed over

    def action_hand_over(self):
        """Open the dialog that hands the arrivals over to sales."""
        self._check_hand_over()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over to Sales"),
            "res_model": "paper.intake.handover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_message_ids": self.ids},
        }

    def _check_hand_over(self):
        if done := self.filtered(lambda message: not message.to_hand_over)[:1]:
            raise HandOverError(
                self.env._(
                    "%(arrival)s is not waiting to be handed over: it is with %(handler)s.",
                    arrival=done.display_name,
                    handler=done.handler_id.name or self.env._("nobody"),
                )
            )
        if not all(message.can_hand_over for message in self):
            raise HandOverError(self.env._("The online operators hand arrivals over, or sales takes them over."))

    def _hand_over_to(self, user=None):
        """Hand arrivals over to sales (R3.1.2).

        :param user: salesperson; unless given, the customer's or the order's own, else those of sales who are here, in turn
        :raises HandOverError: an arrival is not to be handed over, not by this person, or not to that one
        """
        self.check_access("read")
        self._check_hand_over()
        for company, messages in self.grouped("company_id").items():
            here = company._paper_department_users(SALES)._paper_here(company)
            if user and user not in here:
                raise HandOverError(self.env._("%(user)s is not of sales, or not here today.", user=user.name))
            if not here:
                raise HandOverError(self.env._("Nobody of sales is here today. The management has to name a stand-in."))
            for handler, theirs in messages._salespeople(user, here).items():
                # sudo: the operator reads arrivals, this step alone gives them to somebody
                theirs.sudo().write({"handler_id": handler.id})

    def _salespeople(self, user, here):
        """Return ``{salesperson: arrivals}``; see :meth:`_hand_over_to`."""
        found = {}
        for channel, messages in self.grouped("channel_id").items():
            ranked = channel._in_turn(here, len(messages))
            for message, turn in zip(messages, ranked, strict=True):
                # sudo: whose customer it is, is asked
                known = (message.sudo().order_id.user_id, message.sudo().partner_id.user_id)
                own = next((one for one in known if one in here), turn)
                handler = user or own
                found[handler] = found.get(handler, self.browse()) | message
        return found

    @api.model
    def _deadlines_moved(self):
        """Compute the deadlines of what still waits again, because the working time has changed."""
        # sudo: the calendar counts for every company's arrivals
        waiting = self.sudo().search(self._waiting_domain())
        self.env.add_to_compute(self._fields["handover_deadline"], waiting)
