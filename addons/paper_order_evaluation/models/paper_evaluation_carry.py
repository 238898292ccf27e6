from odoo import fields, models
from odoo.addons.paper_capacity.exceptions import SlotTakenError


class PaperEvaluation(models.Model):
    """The next revision of an order: what the change does not touch stands (R3.3.1)."""

    _inherit = "paper.evaluation"

    def _start_from(self, earlier):
        """Let the opinions of the order's state before stand that the change does not touch (R3.3.1).

        A "no" is always asked again: the order was submitted anew to find another way. So is capacity, where the
        machine hours that it was given for cannot be held any more.

        :param earlier: the evaluation before, decided or still open; empty for the first one
        """
        self.ensure_one()
        if not earlier:
            return
        given = {opinion.dimension: opinion for opinion in earlier.opinion_ids if opinion.state == "given"}
        touched = self._touched_since(earlier)
        for opinion in self.opinion_ids:
            before = given.get(opinion.dimension)
            if not before or before.verdict == "no" or opinion.dimension in touched:
                continue
            if opinion.dimension != "capacity" or self._keeps_slots(before) or self._takes_over_slots(before):
                opinion._carry_over(before)

    def _keeps_slots(self, capacity):
        """Keep the promise of an opinion on capacity whose slots stay with the order, because its terms are only to change.

        :return: False where the order's slots are to be held for this evaluation
        """
        if not self._is_ahead():
            return False
        self._by_step().write(self._prepare_promise_values(capacity.evidence or {}))
        return True

    def _takes_over_slots(self, capacity):
        """Hold the machine hours of an opinion on capacity for this evaluation, with the date that was promised.

        :return: False where they passed by, or somebody else has them by now
        """
        self.ensure_one()
        slots = (capacity.carried_from_id or capacity)._slots_to_hold()
        now = fields.Datetime.now()
        if any(fields.Datetime.to_datetime(slot["from"]) < now for slot in slots):
            return False
        try:
            with self.env.cr.savepoint():
                self._hold_slots({self: slots}, check=True)
        except SlotTakenError:
            return False
        self._by_step().write(self._prepare_promise_values(capacity.evidence or {}))
        return True
