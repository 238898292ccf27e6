from odoo import fields, models

from ..exceptions import IntakeStateError
from .paper_intake_message import REOPENABLE


class PaperIntakeMessage(models.Model):
    """An arrival that was closed without an order, wrongly as it turns out, waits for its handler again."""

    _inherit = "paper.intake.message"

    reopened_on = fields.Datetime(by_steps=True)
    reopened_by_id = fields.Many2one("res.users", string="Reopened by", by_steps=True)

    def action_reopen(self):
        """Have closed arrivals wait for their handlers again; none is lost to a wrong verdict (R3.1.2).

        A mail that the program took for an automatic answer is read now, as any other mail. What was decided to be the
        same as another arrival is to be decided again.

        :raises IntakeStateError: an arrival waits already, or is an order
        """
        self.check_access("write")
        for message in self:
            message._check_reopen()
        self._take_step(
            "received",
            problems=False,
            handled_on=False,
            asked_on=False,
            duplicate_of_id=False,
            reopened_on=fields.Datetime.now(),
            reopened_by_id=self.env.uid,
        )
        # sudo: a decision is moved by the program alone; who decided what stands in its history
        decided = self.sudo().suspicion_ids.filtered(lambda suspicion: suspicion.state == "same")
        decided._follow_to("open", decided_by_id=False, decided_on=False)
        self._read_again()

    def _check_reopen(self):
        self.ensure_one()
        if self.state not in REOPENABLE:
            raise IntakeStateError(
                self.env._("%(message)s is not closed, or it is an order: nothing to reopen.", message=self.display_name)
            )

    def _lose_items(self, orders):
        """Have arrivals wait again whose item was deleted from its order: what a customer asked for is not lost with it.

        :param orders: ``{arrival: name of the order}``
        """
        for name, messages in self.grouped(lambda message: orders[message]).items():
            lost = [["item_deleted", {"order": name, "user": self.env.user.name}]]
            # sudo: the row waits again, whoever deleted its item
            messages.sudo()._follow_to("received", problems=lost, handled_on=False, order_id=False, order_line_id=False)
        self._hand_over()

    def _read_again(self):
        """Read what was never read for the verdict on it; say of the others what still keeps them from an order."""
        unread = self.filtered(lambda message: message.form == "mail" and not message.child_ids)
        others = self - unread
        problems = {message: found for message, found in others._suspect(others._find_problems()).items() if found}
        others.browse().concat(*problems)._enter_waiting(problems)
        others._hand_over()
        # sudo: arrivals are read whoever reopens them
        unread = unread.sudo()
        unread._keep({"pending": True})
        unread._read_now()
