from odoo import api, models

from ...exceptions import PaperAmountError


class PaperAmountMixin(models.AbstractModel):
    """What has quantities, weights or prices of paper: none of them is ever below zero, whoever writes it.

    Name the fields in ``_paper_amounts``.
    """

    _name = "paper.amount.mixin"
    _description = "Amounts of Paper"

    _paper_amounts = ()

    @api.constrains(lambda self: self._paper_amounts)
    def _check_paper_amounts(self):
        for rec in self.filtered(lambda rec: rec._has_paper_amounts()):
            for name in self._paper_amounts:
                if rec[name] < 0:
                    raise PaperAmountError(
                        self.env._(
                            "%(record)s: %(field)s is %(value)s. It cannot be below zero; correct it.",
                            record=rec._paper_amount_name(),
                            field=self._fields[name]._description_string(self.env),
                            value=f"{rec[name]:.10g}",
                        )
                    )

    def _has_paper_amounts(self):
        """Say whether the record is about paper. Override where it may be about something else."""
        return True

    def _paper_amount_name(self):
        """Return what people know the record by."""
        self.ensure_one()
        return self.display_name
