from odoo.addons.paper_base.lib.words import said
from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from werkzeug.exceptions import NotFound

TOKENS = ("token",)


class SettlementPage(Controller):
    """The page on which a customer agrees to a settlement, by a link of his own."""

    def _offered(self, token):
        """Return the settlement that the link opens, in sudo; a guessed, used or withdrawn one is not found."""
        # sudo: the token stands for the right
        settlement, alive = request.env["paper.case.settlement"]._link_find("agree", token)
        if not settlement or not alive:
            raise NotFound()
        return settlement.with_context(lang=settlement.ticket_id._customer_lang())

    @route(
        "/my/settlement/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        website=True,
        paper_own_texts=TOKENS,
    )
    def settlement_page(self, token, **kw):
        return self._show(self._offered(token), token)

    def _show(self, settlement, token):
        values = {
            "settlement": settlement,
            "offer": settlement._offer_text(),
            "url": f"/my/settlement/{token}",
            "name": settlement.ticket_id.partner_id.name or "",
            "page_name": "settlement",
        }
        response = request.render("paper_aftersales.portal_settlement", values)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @route(
        "/my/settlement/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        website=True,
        paper_own_texts=TOKENS,
    )
    def settlement_answer(self, token, answer=None, name=None, **kw):
        settlement = self._offered(token)
        if answer in ("yes", "no") and said(name):
            try:
                settlement._answer_offer(answer == "yes", said(name))
            except UserError as error:
                raise NotFound() from error
        return self._show(settlement, token)
