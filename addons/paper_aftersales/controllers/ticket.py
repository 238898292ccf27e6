from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.paper_base.exceptions import PaperError
from odoo.addons.paper_base.lib.words import said
from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from ..exceptions import FeedbackPhotoError

NATURES = ("quality", "use", "service")
MOST_PHOTOS, MOST_ROLLS = 5, 400
MAX_POST = 60_000_000  # bytes of a report with its photos


def _number(value):
    """Return a posted id, 0 if it is none."""
    return int(value) if str(value or "").isdecimal() else 0


class PaperTicketController(HelpdeskTicketController):
    @route(methods=["POST"])
    def support_ticket_close(self, **kw):
        """Close a ticket of the customer's own; the original closes anybody's, on a mere link."""
        ticket = request.env["helpdesk.ticket"].browse(_number(kw.get("ticket_id")))
        try:
            ticket.check_access("read")
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not ticket.exists() or not self._may_close(ticket):
            return request.redirect("/my")
        # sudo: the customer, whose ticket it is, may close it without writing on tickets
        ticket_sudo = ticket.sudo()
        stages = ticket_sudo.team_id._get_applicable_stages() if ticket_sudo.team_id else self._common_stages(ticket_sudo)
        stage = stages.filtered(lambda rec: rec.id == _number(kw.get("stage_id")) and rec.close_from_portal)
        if stage and not ticket_sudo.closed:
            vals = {"stage_id": stage.id}
            if not said(ticket_sudo.solution):
                vals["solution"] = request.env._("Closed by the customer in the portal.")
            ticket_sudo.write(vals)
        return request.redirect(f"/my/ticket/{ticket.id}")

    def _may_close(self, ticket):
        user = request.env.user
        if user._is_internal():
            return ticket.has_access("write")
        # sudo: the customer's own company is compared
        return bool(ticket.sudo().commercial_partner_id) and (
            ticket.sudo().commercial_partner_id == user.partner_id.commercial_partner_id
        )

    def _common_stages(self, ticket):
        # sudo: as the page of the ticket, which offers the same stages
        return (
            request.env["helpdesk.ticket.stage"]
            .sudo()
            .search([("company_id", "in", [False, ticket.company_id.id]), ("team_ids", "=", False)])
        )

    def _own_order(self, order_id):
        """Return the order if it is the user's own, else an empty one: a posted id proves nothing."""
        # sudo: a receiver complains about what came without reading the order; whose it is is asked
        order = request.env["sale.order"].sudo().browse(_number(order_id)).exists()
        user = request.env.user
        mine = user.partner_id.commercial_partner_id
        own = order and user._paper_may("complaints") and order.partner_id.commercial_partner_id == mine
        return order if own else order.browse()

    def _get_create_new_ticket_values(self, **kw):
        values = super()._get_create_new_ticket_values(**kw)
        values["paper_order"] = self._own_order(kw.get("order_id"))
        # sudo: what the customer chooses from: the trade's words, and the rolls of his own order
        env = request.env(su=True)
        values["paper_defects"] = env["paper.defect"].search([]) if request.env.user._paper_may("complaints") else []
        values["paper_lots"] = self._own_lots(values["paper_order"])
        values["paper_remedies"] = request.env["helpdesk.ticket"]._fields["remedy_sought"]._description_selection(request.env)
        values["natures"] = request.env["helpdesk.ticket"]._fields["nature"]._description_selection(request.env)
        return values

    def _own_lots(self, order):
        """Return the rolls and pallets that were shipped for the user's own order, in sudo."""
        # sudo: the customer reads no transfers; only what went to him is shown
        lines = request.env["stock.move.line"].sudo()
        if not order:
            return lines.lot_id
        domain = [
            ("state", "=", "done"),
            ("lot_id", "!=", False),
            ("location_dest_id.usage", "=", "customer"),
            ("move_id.sale_line_id.order_id", "=", order.id),
        ]
        return lines.search(domain, limit=MOST_ROLLS).lot_id

    @route(methods=["POST"], max_content_length=MAX_POST)
    def submit_ticket(self, **kw):
        photos = [file.read() for file in request.httprequest.files.getlist("paper_photos") if file.filename][:MOST_PHOTOS]
        tickets = request.env["helpdesk.ticket"]
        try:
            checked = tickets._checked_photos(photos)
        except FeedbackPhotoError as error:
            # Nothing is lost: the form comes back with what was written.
            values = self._get_create_new_ticket_values(**kw)
            return request.render(
                "helpdesk_mgmt.portal_create_ticket", {**values, **self._written(kw), "paper_error": str(error)}
            )
        answer = super().submit_ticket(**kw)
        ticket = tickets.sudo().browse(_number(answer.location.rpartition("/")[2]))  # sudo: the ticket that was just reported
        self._add_claim(ticket, request.httprequest.form.getlist("lot_ids"))
        for number, photo in enumerate(checked, start=1):
            values = {"name": f"{ticket.number}-{number}.jpg", "raw": photo, "mimetype": "image/jpeg"}
            # sudo: the customer adds to his own report
            request.env["ir.attachment"].sudo().create({**values, "res_model": ticket._name, "res_id": ticket.id})
        return answer

    def _written(self, kw):
        return {name: kw.get(name) or "" for name in ("subject", "description")}

    def _add_claim(self, ticket, posted):
        """Claim the rolls that the customer ticked: those of his own order, and each kilogram once."""
        wanted = {_number(value) for value in posted}
        claims = request.env["paper.claim.roll"].sudo()  # sudo: the customer claims, and writes nothing else
        for lot in self._own_lots(ticket.sale_order_id).filtered(lambda own: own.id in wanted):
            try:
                with request.env.cr.savepoint():
                    claims.create({"ticket_id": ticket.id, "lot_id": lot.id})
            except PaperError as error:
                ticket.message_post(body=str(error), subtype_xmlid="mail.mt_note")

    def _prepare_submit_ticket_vals(self, **kw):
        vals = super()._prepare_submit_ticket_vals(**kw)
        order = self._own_order(kw.get("order_id"))
        if order:
            vals.update(sale_order_id=order.id, company_id=order.company_id.id)
        if kw.get("nature") in NATURES:
            vals["nature"] = kw["nature"]
        remedies = dict(request.env["helpdesk.ticket"]._fields["remedy_sought"].selection)
        if kw.get("remedy_sought") in remedies:
            vals["remedy_sought"] = kw["remedy_sought"]
        # sudo: only whether there is such a defect is asked
        defect = (
            request.env["paper.defect"].sudo().browse(_number(kw.get("defect_id"))).exists()
            if _number(kw.get("defect_id"))
            else None
        )
        if defect:
            vals["defect_id"] = defect.id
        return vals
