
from odoo import api, fields, models

from ...exceptions import OpenWarningError

# Percent of the undelivered value above which agreed damages are commonly held to be excessive: article 585 of
# the Civil Code, the line from the judicial interpretation on it. Legal confirms the figure for each contract.
DAMAGES_LIMIT = 30
# Percent of the subject matter above which a deposit has no effect as a deposit: article 586 of the Civil Code.
DEPOSIT_LIMIT = 20


class PaperContract(models.Model):
    _inherit = "paper.contract"

    warning_ids = fields.One2many(
        "paper.contract.warning", "contract_id", string="Warnings", groups="base.group_user", by_steps=True
    )
    open_warnings = fields.Integer(compute="_compute_open_warnings", groups="base.group_user")

    @api.depends("warning_ids.state")
    def _compute_open_warnings(self):
        for contract in self:
            contract.open_warnings = sum(warning.state == "open" for warning in contract.warning_ids)

    @api.model
    def _warning_texts(self):
        """Return the sentence of each warning; its figures are filled in. Override to add."""
        _ = self.env._
        return {
            "damages_limit": _(
                "Agreed damages for late delivery run up to %(percent)s %% of the undelivered value, above %(limit)s %%: "
                "a court may cut them (Civil Code, article 585)."
            ),
            "damages_no_cap": _(
                "Agreed damages for late delivery have no limit; after %(days)s days they exceed %(limit)s %% of the "
                "undelivered value, and a court may cut them (Civil Code, article 585)."
            ),
            "breach_limit": _(
                "Agreed damages for non-delivery are %(percent)s %% of the undelivered value, above %(limit)s %%: "
                "a court may cut them (Civil Code, article 585)."
            ),
            "deposit_limit": _(
                "The deposit of %(percent)s %% is above %(limit)s %%; what exceeds it has no effect as a deposit "
                "(Civil Code, article 586)."
            ),
            "payment_beyond_credit": _(
                "Payment within %(days)s days is longer than the %(allowed)s days that credit allows the customer (%(term)s)."
            ),
            "price_in_clause": _(
                "%(clauses)s: a sum of money stands in a clause that is not marked as holding a price. It is left out of the "
                "copies for departments that work without prices. Mark it, or say the sum in the clause on prices."
            ),
            "before_promise": _("Delivery on %(date)s is before the date that can be promised, %(promise)s."),
            "tolerance": _(
                "The quantity tolerance +%(plus)s %% / −%(minus)s %% of %(spec)s goes beyond the customer's "
                "+%(plus_allowed)s %% / −%(minus_allowed)s %% (Civil Code, article 629)."
            ),
            "schedule_left": _(
                "The Delivery Schedule of %(contract)s stays as it was signed, and this supplement changes a quantity or the "
                "delivery date: say in a clause which instalments hold from now on (Civil Code, article 633)."
            ),
        }

    def _find_warnings(self):
        """Return ``{code: (article, figures)}`` of what a lawyer would warn of in this contract. Override to add."""
        self.ensure_one()
        order = self.order_id
        return {
            **self._damages_warnings(),
            **self._payment_warnings(order),
            **self._delivery_warnings(order),
            **self._price_warnings(),
            **self._schedule_warnings(),
        }

    def _damages_warnings(self):
        found = {}
        rate, cap = self.late_delivery_rate, self.late_delivery_cap
        if rate and not cap:
            found["damages_no_cap"] = ("585", {"days": int(DAMAGES_LIMIT / rate), "limit": DAMAGES_LIMIT})
        elif rate and cap > DAMAGES_LIMIT:
            found["damages_limit"] = ("585", {"percent": f"{cap:g}", "limit": DAMAGES_LIMIT})
        if self.breach_percent > DAMAGES_LIMIT:
            found["breach_limit"] = ("585", {"percent": f"{self.breach_percent:g}", "limit": DAMAGES_LIMIT})
        if self.deposit_percent > DEPOSIT_LIMIT:
            found["deposit_limit"] = ("586", {"percent": f"{self.deposit_percent:g}", "limit": DEPOSIT_LIMIT})
        return found

    def _payment_warnings(self, order):
        allowed = order._contract_credit_term()
        if not allowed or not order.payment_term_id:
            return {}
        days, limit = order.payment_term_id._contract_days(), allowed._contract_days()
        if days <= limit:
            return {}
        return {"payment_beyond_credit": (False, {"days": days, "allowed": limit, "term": allowed.name})}

    def _delivery_warnings(self, order):
        found = {}
        day, promises = self.company_id._paper_day, self._promises()
        for line, agreed in self._agreed_deliveries().items():
            promise, date = promises.get(line), day(agreed)
            if promise and date and date < promise:
                found["before_promise"] = (False, {"date": str(date), "promise": str(promise)})
                break
        customer = order.partner_id.commercial_partner_id
        for spec in self._agreed_specs():
            plus, minus = customer.paper_tolerance_plus, customer.paper_tolerance_minus
            if (plus or minus) and (spec.tolerance_plus > plus or spec.tolerance_minus > minus):
                figures = {
                    "plus": f"{spec.tolerance_plus:g}",
                    "minus": f"{spec.tolerance_minus:g}",
                    "plus_allowed": f"{plus:g}",
                    "minus_allowed": f"{minus:g}",
                    "spec": spec.display_name,
                }
                found["tolerance"] = ("629", figures)
        return found

    def _promises(self):
        """Return the first day that the mill can promise for each line: ``{line: date or None}``."""
        self.ensure_one()
        return self.order_id._contract_promises()

    def _sync_warnings(self):
        """Find the warnings again; what was settled about other figures is open again."""
        for contract in self.sudo():  # sudo: the warnings are the same whoever changes the contract
            # In one language, or a colleague with another one would seem to have changed the figures.
            found = contract.with_context(lang=contract.language)._find_warnings()
            known = {warning.code: warning for warning in contract.warning_ids}
            for code, (article, figures) in found.items():
                values = {"article": article, "figures": figures, "state": "open", "answer": False,
                          "settled_by_id": False, "settled_on": False}
                warning = known.get(code)
                if not warning:
                    contract.warning_ids._by_step().create({"contract_id": contract.id, "code": code, **values})
                elif warning.state == "gone" or warning.figures != figures:
                    warning._by_step().write(values)
            for code, warning in known.items():
                if code not in found and warning.state != "gone":
                    warning._follow_to("gone")

    def _check_warnings(self):
        """Refuse to accept a contract with warnings that nobody has answered or taken note of (R4.1.2)."""
        for contract in self.sudo():  # sudo: see _sync_warnings
            contract._sync_warnings()
            waiting = contract.warning_ids.filtered(lambda rec: rec.state == "open")
            if waiting:
                raise OpenWarningError(
                    self.env._(
                        "“%(contract)s” has warnings that sales has not answered and legal has not taken note of:\n%(texts)s",
                        contract=contract.name,
                        texts="\n".join(waiting.mapped("message")),
                    )
                )

    def _price_warnings(self):
        """Warn of sums of money in clauses that nobody marked as holding a price."""
        clauses = [
            f"{clause._article_label(index)} {clause.name}"
            for index, clause in enumerate(self.clause_ids)
            if not clause._is_about_prices() and clause._names_a_price()
        ]
        return {"price_in_clause": (False, {"clauses": ", ".join(clauses)})} if clauses else {}
