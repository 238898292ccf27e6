from odoo import models
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _next_in_turn(self):
        """Return the next number; of a sequence without gaps, wait for whoever is taking one.

        Odoo takes a number without gaps only if nobody else is just taking one, and gives up otherwise. Here the
        transaction waits for the other one: if that is rolled back, it gets the very number that was given back; if
        that is committed, the database asks this one to start again with what it then sees, which Odoo does for every
        request and job by itself.
        """
        self.ensure_one()
        # sudo: whoever takes the step is given its number
        sequence = self.sudo()
        if sequence.implementation == "no_gap":
            self.env.flush_all()
            self.env.cr.execute(SQL("SELECT id FROM ir_sequence WHERE id = %s FOR UPDATE", sequence.id))
        return sequence.next_by_id()
