from markupsafe import Markup
from odoo import models
from odoo.addons.paper_production.models.mrp_production import STARTED
from odoo.addons.paper_production.models.paper_production_plan import PLANNING, SUPERVISOR

from ..exceptions import PaperBeingMadeError
from .sale_order import LATE_CHANGE


class PaperContract(models.Model):
    """Supplements and the production plan (R4.1.3)."""

    _inherit = "paper.contract"

    def _late_departments(self):
        return [*super()._late_departments(), SUPERVISOR]

    def _plain_changes(self):
        """Return what the supplement changes, in a line each, without prices."""
        self.ensure_one()
        return [f"{what}: {old} → {new}" for what, old, new in self._change_texts(with_prices=False)]

    def _check_in_time(self):
        result = super()._check_in_time()
        for contract in self.filtered("parent_id"):
            # sudo: the rule is the same whoever may read what is made
            begun = contract.sudo().change_ids._productions().filtered(lambda rec: rec.state in STARTED)
            if begun:
                raise PaperBeingMadeError(
                    self.env._(
                        "%(productions)s: this paper is being made by its old specification, or is made. Order what is "
                        "wanted instead as another line or order, and settle the rest with the customer.",
                        productions=", ".join(begun.mapped("name")),
                    )
                )
        return result

    def action_ask_late_change(self):
        """Ask the production supervisors to consent to a supplement after the last date for changes."""
        self._check_sales()
        self.ensure_one()
        self._check_late()
        self._tell_production(
            SUPERVISOR,
            lambda order: order.env._("Late change: can %(order)s still be changed?", order=order.name),
            LATE_CHANGE,
            activity_type="paper_contract_production.mail_activity_late_change",
        )
        self._log(self.env._("Production was asked whether the order can still be changed."))
        return True

    def _allow_late_change(self, reason):
        # Whoever consented, production or the management in its place.
        result = super()._allow_late_change(reason)
        self.order_id._late_change_settled()
        return result

    def _cancel(self, reason):
        result = super()._cancel(reason)
        self.filtered("parent_id").order_id._late_change_settled()
        return result

    def _tell_production(self, department, summary, kind, **how):
        """Put the order, with what the supplement changes, before people who read no contracts."""
        # sudo: they are told what changes without prices
        supplement = self.sudo()

        def note(order):
            return supplement.with_context(lang=order.env.lang)._changes_note()

        self.company_id._paper_tell(department, self.order_id, summary, kind=kind, note=note, quietly=True, **how)

    def _changes_note(self):
        lines = Markup("").join(Markup("<li>%s</li>") % text for text in self._plain_changes())
        return Markup("<ul>%s</ul>") % lines

    def _take_effect(self, order):
        result = super()._take_effect(order)
        # A change of the price alone is nothing to production.
        if self.parent_id and self._plain_changes():
            self._tell_production(
                PLANNING,
                lambda order: order.env._(
                    "%(supplement)s changed the order: bring its plan up to date", supplement=self.name
                ),
                # Each supplement is told for itself.
                f"supplement {self.id}",
            )
        return result
