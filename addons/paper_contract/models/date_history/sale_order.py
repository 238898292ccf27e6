from odoo import fields, models
from odoo.addons.paper_base.lib.portal import PortalAction, PortalDocument


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_promise_ids = fields.One2many(
        "paper.order.promise", "order_id", string="Delivery Date Changes", readonly=True, groups="base.group_user"
    )

    def _get_promise_history(self):
        """Return the delivery dates of this order one after the other, for its customer.

        Override to add what an evaluation promised: append ``{"date", "promised", "source"}`` and return.

        :return: list of ``{"date": datetime when it was said, "promised": datetime, "source": text}``, oldest first
        """
        self.ensure_one()
        order = self.sudo()  # sudo: the customer follows the dates, not the records behind them
        _ = self.env._
        changes = order.paper_promise_ids.filtered(lambda change: not change.order_line_id).sorted("id")
        first = changes[:1].previous if changes else order.commitment_date
        history = [{"date": order.create_date, "promised": first, "source": _("asked for")}] if first else []
        history += [
            {"date": change.create_date, "promised": change.promised, "source": _("changed")}
            for change in changes
            if change.promised
        ]
        history += [
            {
                "date": change.create_date,
                "promised": change.promised,
                "source": _("changed: %(product)s", product=change.order_line_id._contract_product()),
            }
            for change in order.paper_promise_ids.filtered("order_line_id").sorted("id")
            if change.promised
        ]
        contract = order._open_contract()
        if contract.in_force_on and order.commitment_date:
            history.append({"date": contract.in_force_on, "promised": order.commitment_date, "source": _("contract")})
        return sorted(history, key=lambda item: item["date"])

    # What the customer opens, and does, in the portal

    def _shown_contracts(self, user):
        """Return the contracts of this order, in sudo, that a login of its customer, or one of ours, may open."""
        self.ensure_one()
        contracts = self.env["paper.contract"].sudo()  # sudo: see _get_promise_history; who reads is asked here
        if not (user._is_internal() or (user._paper_is_of(self.partner_id) and user._paper_may("orders"))):
            return contracts
        return contracts.search([("order_id", "=", self.id), ("state", "in", ("sent", "in_force"))], order="id")

    def _paper_portal_documents(self, user, access_token=None):
        documents = super()._paper_portal_documents(user, access_token)
        for contract in self._shown_contracts(user):
            url, _ = f"/my/contracts/{contract.id}", self.env._
            documents.append(
                PortalDocument("contract", _("Contract %(name)s", name=contract.name), url, icon="fa-file-text-o")
            )
            name = _("Signed contract %(name)s", name=contract.name) if contract.signed_id else _("Contract to be signed")
            documents.append(PortalDocument("contract_pdf", name, f"{url}/pdf", "PDF"))
        return documents

    def _paper_portal_actions(self, user, access_token=None):
        actions = super()._paper_portal_actions(user, access_token)
        if user._is_internal():
            return actions
        for contract in self._shown_contracts(user):
            url = f"/my/contracts/{contract.id}"
            if not contract.customer_signed_on and contract._may_sign(None, user):
                name = self.env._("Sign Contract %(name)s", name=contract.name)
                actions.append(PortalAction("sign", name, f"{url}#sign", "fa-pencil", primary=True))
            ask = self.env._("Ask about %(name)s", name=contract.name)
            actions.append(PortalAction("ask", ask, f"{url}#questions", "fa-question-circle"))
        return actions
