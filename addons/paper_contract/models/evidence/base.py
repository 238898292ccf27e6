from odoo import api, models

# How the triggers of triggers.py begin and end their sentences.
SETTLED = ("is settled by a contract in force", "are settled by a contract in force", "is in force", "is settled")


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _sql_error_to_message(self, exc):
        """Say in words what the database refuses to alter of a contract in force (R4.1.3)."""
        words = exc.diag.message_primary or ""
        if exc.diag.constraint_name is None and "contract" in words and words.endswith(SETTLED):
            return self.env._(
                "A contract in force says so, and what is settled by a contract stays. "
                "Agree on a supplement with the customer instead."
            )
        return super()._sql_error_to_message(exc)
