from markupsafe import Markup
from odoo import models
from odoo.addons.paper_production.models.make.mrp_production import STARTED
from odoo.addons.paper_production.models.plan.paper_production_plan import PLANNING, SUPERVISOR

from ..exceptions import PaperBeingMadeError
from .sale_order import LATE_CHANGE


class PaperContract(models.Model):
    """Supplements and the production plan (R4.1.3)."""

    _inherit = "paper.contract"

    def _late_departments(self):
        return [*super()._late_departments(), SUPERVISOR]

    def _plain_changes(self, lang=None):
        """Return what the supplement changes, in a line each, without prices."""
        self.ensure_one()
        return [f"{what}: {old} → {new}" for what, old, new in self._change_texts(with_prices=False, lang=lang)]

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
        # On the order: production does not read contracts. Every question has its own figures.
        self.order_id._late_change_settled()
        self.company_id._paper_tell(
            SUPERVISOR,
            self.order_id,
            lambda order: order.env._("Late change: can %(order)s still be changed?", order=order.name),
            kind=LATE_CHANGE,
            note=self._changes_note,
            activity_type=LATE_CHANGE,
            quietly=True,
        )
        self._log(self.env._("Production was asked whether the order can still be changed."))
        return True

    def _allow_late_change(self, reason):
        # Whoever consented, production or the management in its place.
        result = super()._allow_late_change(reason)
        self.order_id._late_change_settled()
        return result

    def _action_cancelled(self):
        result = super()._action_cancelled()
        self.filtered("parent_id").order_id._late_change_settled()
        return result

    def _changes_note(self, order):
        """Return what changes, in the language of ``order``, which is its reader's."""
        lines = Markup("").join(Markup("<li>%s</li>") % text for text in self._plain_changes(order.env.lang))
        return Markup("<ul>%s</ul>") % lines

    def _take_effect(self, order):
        result = super()._take_effect(order)
        # A change of the price alone is nothing to production.
        if self.parent_id and self._plain_changes():
            self.company_id._paper_tell(
                PLANNING,
                order,
                lambda rec: rec.env._(
                    "%(supplement)s changed the order: bring its plan up to date", supplement=self.name
                ),
                kind=f"supplement {self.id}",
                note=self._changes_note,
                quietly=True,
            )
        return result
