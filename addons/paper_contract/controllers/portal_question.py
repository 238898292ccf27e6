from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from werkzeug.urls import url_encode

from .portal import TOKENS, ContractPortal


class ContractQuestionPortal(ContractPortal):
    @http.route(
        "/my/contracts/<int:contract_id>/ask",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        paper_own_texts=TOKENS,
    )
    def portal_contract_ask(self, contract_id, access_token=None, question=None, **kwargs):
        """Take a customer's question about a contract that he may read."""
        try:
            contract = self._shown_contract(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        user = request.env.user
        author = contract.partner_id if user._is_public() else user.partner_id
        params = {"access_token": access_token} if access_token else {}
        try:
            request.env["paper.contract.question"]._ask(contract, author, question)
            params["message"] = "asked"
        except UserError:
            params["message"] = "not_asked"
        return request.redirect(f"/my/contracts/{contract.id}?{url_encode(params)}#questions")
