from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route
from werkzeug.exceptions import NotFound

MAX_POST = 2_000_000  # bytes of the form with its signature
# What a link brings: whatever somebody puts there, the page answers in its own way.
TOKENS = ("token",)


class DeliveryPortal(CustomerPortal):
    """Where a customer looks at a delivery and signs for it: by the link that was sent, or logged in (R6.3.1)."""

    def _delivery(self, picking_id, token):
        """Return the delivery that the token, or the customer's login, opens.

        A guessed number, a used or an expired token look all the same from outside: not found.
        """
        picking = request.env["stock.picking"].browse(picking_id).exists()
        if not picking or not picking._may_sign(token):
            raise NotFound()
        # sudo: the link or the login stands for the right; a customer has none on transfers
        return picking.sudo()

    @route("/my/delivery/<int:picking_id>", type="http", auth="public", website=True, methods=["GET"], paper_own_texts=TOKENS)
    def portal_delivery(self, picking_id, token=None, **kw):
        return self._delivery_page(self._delivery(picking_id, token), token)

    @route("/my/delivery/<int:picking_id>/note", type="http", auth="public", methods=["GET"], paper_own_texts=TOKENS)
    def portal_delivery_note(self, picking_id, token=None, **kw):
        picking = self._delivery(picking_id, token)
        # sudo: see _delivery
        report = request.env["ir.actions.report"].sudo()
        content = report._render_qweb_pdf("paper_delivery.action_report_delivery_note", picking.ids)[0]
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(f"{picking.name.replace('/', '-')}.pdf")),
        ]
        return request.make_response(content, headers=headers)

    @route(
        "/my/delivery/<int:picking_id>/sign",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=MAX_POST,
        paper_own_texts=TOKENS,
    )
    def portal_delivery_sign(self, picking_id, token=None, **kw):
        picking = self._delivery(picking_id, token)
        try:
            with request.env.cr.savepoint():
                picking._record_proof(
                    kw.get("signer"),
                    kw.get("signature"),
                    accepted=kw.get("accepted") == "1",
                    remarks=kw.get("remarks"),
                    lines=self._received_lines(picking, kw),
                )
        except UserError as error:
            return self._delivery_page(picking, token, error=str(error), given=kw)
        self._note_signature(picking, kw)
        return request.render("paper_delivery.portal_delivery_signed", {"picking": picking, "page_name": "delivery"})

    def _received_lines(self, picking, posted):
        """Read the received quantities that the form names by the ids of this very delivery."""
        lines = []
        for receipt in picking.paper_receipt_ids:
            value = (posted.get(f"received_{receipt.id}") or "").replace(",", ".").strip()
            if not value:
                continue
            try:
                received = float(value)
            except ValueError:
                received = float("nan")
            if not 0 <= received < 1e9:
                raise UserError(request.env._("“%(value)s” is no weight in kg.", value=value))
            lines.append({"id": receipt.id, "received_kg": received})
        return lines

    def _note_signature(self, picking, posted):
        author = request.env.user.partner_id if not request.env.user._is_public() else picking.partner_id
        picking.message_post(
            body=request.env._(
                "%(signer)s signed for the delivery in the portal, from %(address)s.",
                signer=picking.paper_signer,
                address=request.httprequest.remote_addr,
            ),
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _delivery_page(self, picking, token, error=None, given=None):
        values = {
            "picking": picking,
            "token": token,
            "lines": picking._note_lines(),
            "receipts": picking.paper_receipt_ids,
            "error": error,
            "given": given or {},
            "page_name": "delivery",
        }
        return request.render("paper_delivery.portal_delivery", values)
