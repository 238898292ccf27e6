from odoo import api, fields, models
from odoo.addons.paper_base.lib.lead import Lead
from odoo.addons.paper_base.lib.portal import PortalAction

from ...exceptions import NothingToDispatchError
from .paper_dispatch_notice import ANNOUNCED, SALES

OPEN = ("draft", "waiting", "confirmed", "assigned")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_notice_ids = fields.One2many(
        "paper.dispatch.notice", "order_id", string="Dispatch Notices", readonly=True, groups="base.group_user"
    )
    paper_notice_count = fields.Integer(
        compute="_compute_paper_notice_count", compute_sudo=True, groups="base.group_user"
    )
    can_dispatch_notice = fields.Boolean(
        compute="_compute_can_dispatch_notice", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("paper_notice_ids")
    def _compute_paper_notice_count(self):
        for order in self:
            order.paper_notice_count = len(order.paper_notice_ids)

    @api.model
    def _paper_leads(self):
        return [*super()._paper_leads(), Lead("action_dispatch_notice", "can_dispatch_notice", "notified")]

    @api.depends("state", "is_paper_order", "picking_ids.state", "picking_ids.paper_notice_id")
    @api.depends_context("uid")
    def _compute_can_dispatch_notice(self):
        may = self._may_announce()
        for order in self:
            order.can_dispatch_notice = may and bool(order._paper_unannounced())

    @api.model
    def _may_announce(self):
        return self.env["paper.dispatch.notice"]._is_one_of(ANNOUNCED["draft"])

    def _paper_deliveries(self, states=OPEN):
        """Return the deliveries to the customers, in some states."""
        pickings = self.picking_ids
        found = pickings.filtered(lambda picking: picking.is_paper_dispatch and picking.state in states)
        return found.with_prefetch(pickings._prefetch_ids)  # what hangs on them is read for all orders at once

    def _paper_unannounced(self):
        return self._paper_deliveries().filtered(lambda picking: not picking.paper_notice_id)

    # The dispatch notice

    def action_dispatch_notice(self):
        """Draft the dispatch notice of what is still to be delivered (R6.2.1); sales.

        :return: action that opens the notices; a draft that is there already is opened again
        :raises NothingToDispatchError: where an order has no open delivery without a notice
        """
        notices = self.env["paper.dispatch.notice"]
        if not self._may_announce():
            notices._refuse_hand(["line_ids"])
        self.check_access("read")
        for order in self:
            # sudo: sales announce deliveries that they may not handle
            unannounced = order.sudo()._paper_unannounced()
            drafts = order.paper_notice_ids.filtered(lambda notice: notice.state == "draft")
            if not unannounced and not drafts:
                raise NothingToDispatchError(
                    self.env._("%(order)s has no open delivery that is to be announced.", order=order.name),
                    action=self.env["paper.way.out"]._lead_to(order.paper_notice_ids),
                )
            # A notice goes to one place, on one day.
            for pickings in unannounced.grouped(lambda picking: picking._paper_delivery_key()).values():
                notices |= order._draft_notice(pickings)
            if not unannounced:
                notices |= drafts
        return notices._get_records_action(name=self.env._("Dispatch Notice"))

    def _draft_notice(self, pickings):
        self.ensure_one()
        notice = self.env["paper.dispatch.notice"]._by_step().create(self._prepare_notice(pickings)).with_env(self.env)
        pickings._by_step().write({"paper_notice_id": notice.id})
        lines = [vals for move in pickings.move_ids for vals in self._prepare_notice_lines(notice, move)]
        self.env["paper.dispatch.notice.line"].create(lines)
        self._tell_moved_place(notice)
        return notice

    def _tell_moved_place(self, notice):
        """Tell sales that an address is no longer the one that was signed: the notice names the signed one."""
        self.ensure_one()
        signed = self._paper_signed_place(notice.partner_id)
        if not signed or self._place_words(signed) == self._place_words(self._paper_live_place(notice.partner_id)):
            return
        self.company_id._paper_tell(
            lambda rec: rec.order_id.user_id or SALES,
            notice,
            lambda rec: rec.env._("The address of %(partner)s is not the signed one any more", partner=rec.partner_id.name),
            kind="moved_place",
            note=lambda rec: rec.env._(
                "The notice names the place in the signed contract. If the goods are to go elsewhere, agree a supplement first."
            ),
        )

    @api.model
    def _paper_live_place(self, partner):
        return partner.with_context(lang=partner.lang or self.env.lang)._paper_address()

    @api.model
    def _place_words(self, text):
        """Return an address without what only its spelling differs in."""
        return "".join(char for char in (text or "").casefold() if char.isalnum())

    def _prepare_notice(self, pickings):
        self.ensure_one()
        partner = pickings[:1]._paper_delivery_places()[:1] or self.partner_shipping_id
        place = self._paper_signed_place(partner) or self._paper_live_place(partner)
        days = [*filter(None, (picking._paper_delivery_day() for picking in pickings))]
        return {
            "company_id": self.company_id.id,
            "order_id": self.id,
            "partner_id": partner.id,
            "delivery_place": place or partner.name,
            "delivery_date": min(days, default=None) or self.company_id._paper_day(min(pickings.mapped("scheduled_date"))),
        }

    @api.model
    def _prepare_notice_lines(self, notice, move):
        """Return the notice line of a move of paper, as a list of none or one."""
        spec = move._paper_spec()
        if move.state == "cancel" or not (move.product_id.is_paper or spec) or not move.product_uom_qty:
            return []
        return [
            {
                "notice_id": notice.id,
                "picking_id": move.picking_id.id,
                "order_line_id": move.sale_line_id.id,
                "product_id": move.product_id.id,
                "paper_spec_id": spec.id,
                "quantity_kg": move.picking_id._in_kg(move.product_uom, move.product_uom_qty),
                "paper_unit": move.sale_line_id.paper_unit or "kg",
            }
        ]

    def action_view_paper_notices(self):
        """Open the dispatch notices of the order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispatch Notices"),
            "res_model": "paper.dispatch.notice",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("order_id", "=", self.id)],
        }

    def _paper_signable(self):
        """Return the deliveries that the customer may still sign for in the portal."""
        self.ensure_one()
        # sudo: a customer sees its order, not the transfers
        return self.sudo()._paper_deliveries(("done",)).filtered(lambda rec: rec._is_signable())

    # What the customer opens, and does, in the portal

    def _may_take_deliveries(self, user):
        self.ensure_one()
        return user._paper_is_of(self.partner_id) and user._paper_may("deliveries")

    def _paper_portal_documents(self, user, access_token=None):
        documents = super()._paper_portal_documents(user, access_token)
        if self._may_take_deliveries(user):
            # sudo: see _paper_signable
            for picking in self.sudo()._paper_deliveries(("done",)):
                documents += picking._paper_portal_papers()
        return documents

    def _paper_portal_actions(self, user, access_token=None):
        actions = super()._paper_portal_actions(user, access_token)
        if self._may_take_deliveries(user):
            actions += [
                PortalAction(
                    "sign_delivery",
                    self.env._("Sign for %(name)s", name=picking.name),
                    picking._sign_url(),
                    "fa-pencil",
                    primary=True,
                )
                for picking in self._paper_signable()
            ]
        return actions

    # The gate

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "dispatch":
            self._read_deliveries_ahead()
            for order in self.filtered("is_paper_order"):
                for picking in order.picking_ids.filtered(
                    lambda rec: rec.is_paper_dispatch and rec.state in OPEN
                ):
                    blockers[order] += order._paper_picking_blockers(picking)
        return blockers

    def _read_deliveries_ahead(self):
        """Read what the deliveries of all these orders hold, before each is looked at by itself."""
        self.mapped("commitment_date")
        moves = self.picking_ids.move_ids
        moves.mapped("state")
        moves.sale_line_id.mapped("paper_commitment_date")
        moves.sale_line_id.mapped("product_uom_id.factor")
        self.picking_ids.paper_receipt_ids.mapped("difference_kg")

    def _paper_picking_blockers(self, picking):
        """List what keeps one delivery from leaving; each blocker names its delivery in ``picking_id``."""
        notice = picking.paper_notice_id
        moved = self._paper_place_blockers(picking)
        if moved:
            return moved
        if len(picking._paper_delivery_places()) > 1:
            action = self.env["paper.way.out"]._open(picking)
            return [{**self._paper_blocker("two_places", picking._two_places_message(), action), "picking_id": picking.id}]
        if notice.state not in ("planned", "done"):
            text = (
                self.env._("%(delivery)s: logistics have not planned %(notice)s yet.", delivery=picking.name, notice=notice.name)
                if notice.state == "issued"
                else self.env._("%(delivery)s has no issued dispatch notice.", delivery=picking.name)
            )
            # Without a notice the way leads to the order, on which sales draft one.
            action = self.env["paper.way.out"]._open(notice or self)
            return [{**self._paper_blocker("dispatch_notice", text, action), "picking_id": picking.id}]
        if not picking._is_loaded_as_checked():
            text = (
                self.env._("%(delivery)s was changed after its loading check; check it again.", delivery=picking.name)
                if picking.paper_loading_state == "passed"
                else self.env._("The loading of %(delivery)s has not been checked.", delivery=picking.name)
            )
            action = self.env["paper.way.out"]._open(picking)
            return [{**self._paper_blocker("loading_check", text, action), "picking_id": picking.id}]
        return []

    def _paper_place_blockers(self, picking):
        """List that a notice sends goods to another place than the customer signed; the management may record that it
        was agreed.
        """
        notice = picking.paper_notice_id
        if not notice:
            return []
        signed = self._paper_signed_place(notice.partner_id)
        if not signed or self._place_words(notice.delivery_place) == self._place_words(signed):
            return []
        text = self.env._(
            "%(notice)s sends the goods to %(place)s, but %(signed)s was signed. Agree a supplement, or name the signed place.",
            notice=notice.name,
            place=notice.delivery_place or "-",
            signed=signed,
        )
        return [{**self._paper_blocker("signed_place", text, self.env["paper.way.out"]._open(notice)), "picking_id": picking.id}]

    def _check_dispatch(self, pickings, loose=False):
        """Refuse that goods of the order leave with ``pickings`` while anything stands in their way.

        What keeps another delivery of the same order back does not count.

        :param loose: True where goods would leave outside of any delivery
        :raises DispatchBlockedError: with all blockers of the step, whichever addon they come from
        """
        self.ensure_one()
        # sudo: the rule is the same whatever the user may read
        order = self.sudo()
        concerned = {None, *pickings.ids}
        found = [item for item in order._get_open_blockers("dispatch")[order] if item.get("picking_id") in concerned]
        if loose:
            text = self.env._("Goods leave with a delivery and its dispatch notice, not on their own.")
            found.append(self._paper_blocker("dispatch_notice", text, order._open_order_action(), role=None))
        if found:
            raise order._blocked_error("dispatch", {order: found})
