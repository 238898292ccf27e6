from odoo import SUPERUSER_ID, http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from werkzeug.urls import url_encode

SHOWN_STATES = ("sent", "in_force")
# What a link brings: whatever somebody puts there, the page answers in its own way.
TOKENS = ("access_token", "sign_token")


class ContractPortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        if model_name == "paper.contract":
            return self._contract_check_access(document_id, access_token)
        return super()._document_check_access(model_name, document_id, access_token=access_token)

    def _contract_check_access(self, contract_id, token):
        """Return the contract in sudo for whoever may read it by their own right, or by the token of a link to read."""
        request.env.user._paper_check_may("orders")
        own = request.env["paper.contract"].browse(contract_id)
        # The superuser acts for a customer without any right of their own.
        contract = own.with_user(SUPERUSER_ID).exists()
        if not contract:
            raise MissingError(request.env._("This document does not exist."))
        if not own.has_access("read") and not contract._link_opens("read", token):
            raise AccessError(request.env._("This document is read by login, or by the link that was sent."))
        return contract

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        contracts = request.env["paper.contract"]
        if "contract_count" in counters:
            allowed = contracts.has_access("read")
            values["contract_count"] = contracts.search_count(self._contracts_domain()) if allowed else 0
        if "contract_to_sign_count" in counters:
            domain = [*self._contracts_domain(), ("state", "=", "sent"), ("customer_signed_on", "=", False)]
            values["contract_to_sign_count"] = contracts.search_count(domain) if contracts.has_access("read") else 0
        return values

    def _contracts_domain(self):
        partner = request.env.user.partner_id.commercial_partner_id
        return [("partner_id", "child_of", [partner.id]), ("state", "in", SHOWN_STATES)]

    @http.route(["/my/contracts", "/my/contracts/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_contracts(self, page=1, **kwargs):
        """List the customer's contracts, those to sign first."""
        contracts = request.env["paper.contract"]
        domain = self._contracts_domain()
        pages = pager(
            url="/my/contracts", total=contracts.search_count(domain), page=page, step=self._items_per_page
        )
        found = contracts.search(domain, limit=self._items_per_page, offset=pages["offset"])
        values = self._prepare_portal_layout_values()
        values.update(
            # sudo: the record rule has chosen the contracts; their amounts come from the order
            contracts=found.sudo(), page_name="contract", pager=pages, default_url="/my/contracts"
        )
        return request.render("paper_contract.portal_my_contracts", values)

    def _shown_contract(self, contract_id, access_token):
        """Return the contract in sudo if its reader may see it, by login or by token, in a state to be seen."""
        contract = self._document_check_access("paper.contract", contract_id, access_token=access_token)
        if contract.state not in SHOWN_STATES:
            raise MissingError(request.env._("This document does not exist."))
        return contract

    def _signer_name(self, contract):
        """Return the name that the form to sign starts with: a person's, for a company does not sign itself."""
        user = request.env.user
        partner = contract.partner_id if user._is_public() else user.partner_id
        return "" if partner.is_company else partner.name or ""

    @http.route("/my/contracts/<int:contract_id>", type="http", auth="public", website=True, paper_own_texts=TOKENS)
    def portal_contract_page(self, contract_id, access_token=None, sign_token=None, message=None, **kwargs):
        """Show a contract, and the form to sign it to whom may."""
        try:
            contract = self._shown_contract(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        # The page shows the tokens that it was opened with, and no other.
        query = {"access_token": access_token} if access_token else {}
        sign_url = None
        if not contract.customer_signed_on and contract._may_sign(sign_token, request.env.user):
            given = {"sign_token": sign_token} if sign_token else {}
            params = url_encode({**query, **given, "sha256": contract.pdf_sha256})
            sign_url = f"/my/contracts/{contract.id}/sign?{params}"
        values = {
            "contract": contract,
            "sign_url": sign_url,
            "pdf_url": f"/my/contracts/{contract.id}/pdf?{url_encode(query)}",
            "signer_name": self._signer_name(contract),
            "message": message if message == "signed" else None,
            "res_company": contract.company_id,
        }
        values = self._get_page_view_values(contract, access_token, values, "my_contracts_history", False, **kwargs)
        return request.render("paper_contract.portal_contract", values)

    @http.route(
        "/my/contracts/<int:contract_id>/pdf",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        paper_own_texts=TOKENS,
    )
    def portal_contract_pdf(self, contract_id, access_token=None, version="last", download=False, **kwargs):
        """Send the archived bytes: the signed copy if there is one, or the PDF that is to be signed."""
        try:
            contract = self._shown_contract(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        document = contract.issued_id if version == "issued" else contract.signed_id or contract.issued_id
        stream = request.env["ir.binary"]._get_stream_from(document.attachment_id)
        return stream.get_response(as_attachment=bool(download))

    @http.route(
        "/my/contracts/<int:contract_id>/sign",
        type="jsonrpc",
        auth="public",
        website=True,
        methods=["POST"],
        paper_own_texts=(*TOKENS, "sha256", "signature"),
    )
    def portal_contract_sign(
        self, contract_id, access_token=None, sign_token=None, sha256=None, name=None, signature=None, title=None, drawing=None
    ):
        """Sign a contract for its customer.

        The tokens and the hash of the shown PDF come as parameters or in the address.

        :return: ``{"force_refresh": True, "redirect_url": …}`` or ``{"error": …}``
        """
        query = request.httprequest.args
        access_token = access_token or query.get("access_token")
        try:
            contract = self._shown_contract(contract_id, access_token)
        except (AccessError, MissingError):
            return {"error": request.env._("Invalid contract.")}
        user = request.env.user
        try:
            with request.env.cr.savepoint():
                contract.with_context(lang=request.env.lang)._sign_customer(
                    token=sign_token or query.get("sign_token"),
                    sha256=sha256 or query.get("sha256"),
                    signer_name=name,
                    signature=signature,
                    ip=request.httprequest.remote_addr,
                    user=user,
                    signer_title=title,
                    drawing=drawing,
                )
        except UserError as error:
            return {"error": str(error)}
        given = {"access_token": access_token} if access_token else {}
        params = url_encode({**given, "message": "signed"})
        return {"force_refresh": True, "redirect_url": f"/my/contracts/{contract.id}?{params}"}
