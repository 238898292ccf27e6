from odoo import Command, http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import request


class PaperMailPortal(CustomerPortal):
    """Where a buyer chooses which mails the company gets."""

    @http.route("/my/mails", type="http", auth="user", website=True, methods=["GET", "POST"], sitemap=False)
    def portal_my_mails(self, **posted):
        """Show the kinds of mail that a customer may do without, and keep what is chosen."""
        user = request.env.user
        if not user._is_portal():
            return request.redirect("/my")
        user._paper_check_may("orders")
        # sudo: a buyer chooses for the own company, and writes no more of it than this
        customer = user.sudo().partner_id.commercial_partner_id
        kinds = request.env["paper.mail.kind"].sudo().search([])
        if request.httprequest.method == "POST":
            wanted = {name.removeprefix("kind_") for name in posted if name.startswith("kind_")}
            unwanted = kinds.filtered(lambda kind: str(kind.id) not in wanted)
            customer.write({"paper_unwanted_mail_ids": [Command.set(unwanted.ids)]})
            return request.redirect("/my/mails?saved=1")
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "paper_mails",
            "kinds": kinds,
            "unwanted": customer.paper_unwanted_mail_ids,
            "saved": bool(posted.get("saved")),
        }
        return request.render("paper_base.portal_my_mails", values)
