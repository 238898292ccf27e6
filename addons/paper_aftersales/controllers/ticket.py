from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.paper_base.lib.words import said
from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

NATURES = ("quality", "use", "service")


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
        values["natures"] = request.env["helpdesk.ticket"]._fields["nature"]._description_selection(request.env)
        return values

    @route(methods=["POST"])
    def submit_ticket(self, **kw):
        return super().submit_ticket(**kw)

    def _prepare_submit_ticket_vals(self, **kw):
        vals = super()._prepare_submit_ticket_vals(**kw)
        order = self._own_order(kw.get("order_id"))
        if order:
            vals.update(sale_order_id=order.id, company_id=order.company_id.id)
        if kw.get("nature") in NATURES:
            vals["nature"] = kw["nature"]
        return vals
