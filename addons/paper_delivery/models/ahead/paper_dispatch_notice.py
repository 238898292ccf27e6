from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import EarlyDeliveryError, VehicleError
from ...lib.loading import STEP
from ..notice.paper_dispatch_notice import ANNOUNCED, LOGISTICS, PLANNED, SALES

DRAFTED_AHEAD = 2  # working days before a notice is due
CONSENT = {"issued": (SALES, LOGISTICS)}


class PaperDispatchNotice(models.Model):
    """A notice is drafted before it is due; its goods leave neither early nor late without a word."""

    _inherit = "paper.dispatch.notice"

    leaves_late_reason = fields.Char(
        string="Leaves Late Because",
        copy=False,
        tracking=True,
        by_hand=PLANNED,
        help="Why the goods leave after the delivery date; the customer is told.",
    )
    early_consent = fields.Char(
        string="Consent to Early Delivery",
        copy=False,
        tracking=True,
        by_hand={**ANNOUNCED, **CONSENT},
        help="Who of the customer agreed, and how, that the goods come well before the promised day.",
    )
    early_consent_on = fields.Datetime(string="Consent Recorded on", by_steps=True)
    early_consent_by_id = fields.Many2one("res.users", string="Consent Recorded by", by_steps=True)
    promised_date = fields.Date(
        compute="_compute_promised_date", compute_sudo=True, help="When the order's lines are to be there."
    )

    @api.depends("line_ids.order_line_id.paper_commitment_date", "order_id.commitment_date")
    def _compute_promised_date(self):
        for notice in self:
            lines = notice.line_ids.order_line_id or notice.order_id.order_line
            notice.promised_date = min(filter(None, (line._paper_delivery_day() for line in lines)), default=False)

    def _tell_late(self):
        """Tell the customer and sales that the goods leave after the day they were announced for, and why."""
        self.ensure_one()

        def words(notice):
            company = notice.company_id
            return notice.env._(
                "%(notice)s, announced for %(day)s, leaves on %(planned)s: %(reason)s",
                notice=notice.order_id.client_order_ref or notice.order_id.name,
                day=company._paper_date(notice.delivery_date),
                planned=company._paper_date(notice.planned_date),
                reason=notice.leaves_late_reason,
            )

        # sudo: logistics tell the customer without rights on the order
        own = self.sudo()
        kind = "paper_delivery.mail_kind_dispatch"
        own.company_id._paper_send(own.partner_id, own, words, lambda notice: Markup("<p>%s</p>") % words(notice), kind=kind)
        own.company_id._paper_tell((own.order_id.user_id, SALES), own, words, kind="late_plan", quietly=True)

    def _check_not_early(self, name):
        """Refuse to send goods well before the promised day, unless the customer agreed.

        :param name: field of the day that is looked at
        :raises EarlyDeliveryError: naming both days
        """
        for notice in self:
            early = notice.company_id.paper_early_days
            day, promised = notice[name], notice.promised_date
            if not day or not promised or (promised - day).days <= early or said(notice.early_consent):
                continue
            raise EarlyDeliveryError(
                self.env._(
                    "%(notice)s: %(day)s is %(days)s days before the promised %(promised)s. Ask the customer, and record the "
                    "consent on the notice.",
                    notice=notice.name,
                    day=day,
                    days=(promised - day).days,
                    promised=promised,
                )
            )

    def _check_capacity(self):
        """Refuse that a vehicle carries more on one day than it may, over all its notices.

        :raises VehicleError: naming the vehicle, the load and what it may carry
        """
        with_vehicle = self.filtered("vehicle_id.category_id.weight_capacity")
        if not with_vehicle:
            return
        days = with_vehicle.mapped("planned_date")
        # sudo: a vehicle carries the goods of all, whoever may read them
        there = self.sudo().search(
            [("vehicle_id", "in", with_vehicle.vehicle_id.ids), ("planned_date", "in", days), ("state", "=", "planned")]
        )
        together = (with_vehicle.sudo() | there).grouped(lambda rec: (rec.vehicle_id, rec.planned_date))
        for (vehicle, day), notices in together.items():
            load, capacity = sum(notices.mapped("weight_kg")), vehicle.category_id.weight_capacity
            excused = any(notices.picking_ids.batch_id.mapped("overload_reason"))
            if capacity and load > capacity + STEP and not excused:
                raise VehicleError(
                    self.env._(
                        "%(vehicle)s would carry %(load)s kg on %(day)s, but may carry %(capacity)s kg. Plan another vehicle.",
                        vehicle=vehicle.display_name,
                        load=round(load, 1),
                        day=day,
                        capacity=round(capacity, 1),
                    )
                )

    # Drafted ahead

    @api.model
    def _cron_draft_due(self):
        """Draft the notices that are due soon, of what is open and unannounced, the rest of a partial delivery too (R6.2.1)."""
        for company in self.env["res.company"].search([]):
            self.with_company(company)._draft_due(company)

    @api.model
    def _draft_due(self, company):
        today = company._paper_today()
        open_pickings = self.env["stock.picking"].search(
            [
                ("company_id", "=", company.id),
                ("sale_id.is_paper_order", "=", True),
                ("sale_id.state", "=", "sale"),
                ("picking_type_code", "=", "outgoing"),
                ("state", "in", ("waiting", "confirmed", "assigned")),
                ("paper_notice_id", "=", False),
            ]
        )
        for order, pickings in open_pickings.filtered("is_paper_dispatch").grouped("sale_id").items():
            for own in pickings.grouped(lambda rec: rec._paper_delivery_key()).values():
                deadline = order._paper_notice_deadline(own)
                if deadline and company._paper_add_working_days(deadline, -DRAFTED_AHEAD) <= today:
                    order._draft_notice(own)
