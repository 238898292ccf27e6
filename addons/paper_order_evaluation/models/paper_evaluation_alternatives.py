from odoo import api, models


class PaperEvaluation(models.Model):
    """What the mill could make instead of an order that does not pass: a later date, a part quantity, a nearby
    specification (R3.4)."""

    _inherit = "paper.evaluation"

    def _compute_alternatives(self):
        """Compute what could be offered to the customer in place of each failed order.

        Override to add: call ``super()``, append results of :meth:`_alternative` and return. Called once for any
        number of evaluations, with sudo, when a panel fails, and again when sales asks for it before the letter goes.

        :return: ``{evaluation: [alternative, …]}`` with every evaluation of ``self`` as a key
        """
        return {evaluation: [] for evaluation in self}

    @api.model
    def _alternative(self, kind, date=None, lines=None, reason=""):
        """Return one alternative: the order as it stands, with these changes.

        :param kind: ``date`` (all of it, later), ``quantity`` (a part of it) or ``spec`` (a paper near to the ordered one)
        :param date: the delivery date offered, None to keep the customer's
        :param lines: ``{sale.order.line: {"quantity": in the line's own paper_unit, "spec": {field of paper.spec: value}}}``,
            both keys optional; lines that are not named stay as they are, a quantity of 0 takes a line off
        :param reason: why this can be made, for readers inside the mill; the customer never sees it
        """
        return {"kind": kind, "date": date, "lines": lines or {}, "reason": reason}
