from odoo import fields, models


class PaperInstrument(models.Model):
    """A scale at a machine is an instrument that answers on the network; a simulated one answers for training and tests."""

    _inherit = "paper.instrument"

    is_simulated = fields.Boolean(string="Simulated", help="For training: it shows what stands beside, and nothing is asked.")
    simulated_answer = fields.Char(string="It Shows", help="Such as “ST,GS, 616.5 kg”.")

    def _ask(self):
        return self.simulated_answer or "" if self.is_simulated else super()._ask()
