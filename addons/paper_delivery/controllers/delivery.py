from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route
from werkzeug.exceptions import NotFound

MAX_POST = 2_000_000  # bytes of the form with its signature
DELIVERIES = 20  # on a page
# What a link brings: whatever somebody puts there, the page answers in its own way.
TOKENS = ("token",)


class DeliveryPortal(CustomerPortal):
    """Where a customer looks at a delivery and signs for it: by the link that was sent, or logged in (R6.3.1)."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "paper_delivery_count" in counters:
            values["paper_delivery_count"] = len(self._own_deliveries(limit=1))
        return values

    def _own_deliveries(self, limit, offset=0):
        """Return what has left for the customer of this login, in sudo, the last first."""
        user = request.env.user
        pickings = request.env["stock.picking"].sudo()  # sudo: a receiver reads deliveries, not the orders behind them
        if not user._is_portal() or not user._paper_may("deliveries"):
            return pickings
        return pickings.search(self._own_deliveries_domain(), order="date_done desc, id desc", limit=limit, offset=offset)

    def _own_deliveries_domain(self):
        customer = request.env.user.partner_id.commercial_partner_id
        own = [("sale_id.partner_id", "child_of", customer.ids), ("sale_id.is_paper_order", "=", True)]
        return [*own, ("state", "=", "done"), ("paper_receipt_ids", "!=", False)]

    @route(["/my/deliveries", "/my/deliveries/page/<int:page>"], type="http", auth="user", website=True, methods=["GET"])
    def portal_my_deliveries(self, page=1, **kw):
        """List the deliveries of a customer, without prices, with what can be opened and signed."""
        if not request.env.user._paper_may("deliveries"):
            return request.redirect("/my")
        # sudo: see _own_deliveries
        total = request.env["stock.picking"].sudo().search_count(self._own_deliveries_domain())
        pages = pager(url="/my/deliveries", total=total, page=page, step=DELIVERIES)
        values = {
            **self._prepare_portal_layout_values(),
            "deliveries": self._own_deliveries(DELIVERIES, pages["offset"]),
            "pager": pages,
            "default_url": "/my/deliveries",
            "page_name": "paper_deliveries",
        }
        return request.render("paper_delivery.portal_my_deliveries", values)

    def _opened_delivery(self, picking_id, token):
        """Return the delivery, in sudo, whose papers the token or the login opens: signed for or not."""
        picking = request.env["stock.picking"].browse(picking_id).exists()
        if not picking or not picking._may_open(token):
            raise NotFound()
        return picking.sudo()  # sudo: see _delivery

    def _delivery(self, picking_id, token):
        """Return the delivery that the token, or the customer's login, opens to be signed for.

        A guessed number, a used or an expired token look all the same from outside: not found.
        """
        picking = request.env["stock.picking"].browse(picking_id).exists()
        if not picking or not picking._may_sign(token):
            raise NotFound()
        # sudo: the link or the login stands for the right; a customer has none on transfers
        return picking.sudo()

    @route("/my/delivery/<int:picking_id>", type="http", auth="public", website=True, methods=["GET"], paper_own_texts=TOKENS)
    def portal_delivery(self, picking_id, token=None, **kw):
        picking = self._opened_delivery(picking_id, token)
        if picking.paper_proof_on:
            return self._signed_page(picking, token)
        return self._delivery_page(self._delivery(picking_id, token), token)

    def _signed_page(self, picking, token, second=False):
        values = {"picking": picking, "token": token, "second": second, "page_name": "delivery"}
        return request.render("paper_delivery.portal_delivery_signed", values)

    @route("/my/delivery/<int:picking_id>/note", type="http", auth="public", methods=["GET"], paper_own_texts=TOKENS)
    def portal_delivery_note(self, picking_id, token=None, **kw):
        picking = self._opened_delivery(picking_id, token)
        return self._pdf(picking, "paper_delivery.action_report_delivery_note", picking.name)

    @route("/my/delivery/<int:picking_id>/certificates", type="http", auth="public", methods=["GET"], paper_own_texts=TOKENS)
    def portal_delivery_certificates(self, picking_id, token=None, **kw):
        """Send the certificates of analysis of what a delivery brought (R6.1.1)."""
        picking = self._opened_delivery(picking_id, token)
        if not picking._has_certificates():
            raise NotFound()
        return self._pdf(picking, "paper_delivery.action_report_certificate", f"COA-{picking.name}")

    def _pdf(self, picking, report, name):
        # sudo: see _delivery
        content = request.env["ir.actions.report"].sudo()._render_qweb_pdf(report, picking.ids)[0]
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(f"{name.replace('/', '-')}.pdf")),
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
        picking = self._opened_delivery(picking_id, token)
        if picking.paper_proof_on:
            # Two signed at the same moment: the second is kept beside the first.
            picking._keep_second(
                {"signer": kw.get("signer"), "accepted": kw.get("accepted") == "1", "remarks": kw.get("remarks")},
                kw.get("signature"),
            )
            return self._signed_page(picking, token, second=True)
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
        return self._signed_page(picking, token)

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
