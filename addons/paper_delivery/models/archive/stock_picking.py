from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import ProofError
from ..notice.paper_dispatch_notice import LOGISTICS, SALES

FILED = {"done": (LOGISTICS, SALES)}


class StockPicking(models.Model):
    _inherit = "stock.picking"

    paper_original_on = fields.Date(
        string="Original in", by_hand=FILED, index="btree_not_null", help="When the signed and sealed original came back."
    )
    paper_archive_box = fields.Char(string="Filed in", by_hand=FILED)
    paper_use_result = fields.Text(
        string="Use of the Paper", by_hand={"done": (SALES,)}, index="btree_not_null", help="What the customer says of it in use."
    )

    def write(self, vals):
        result = super().write(vals)
        if said(vals.get("paper_use_result") or ""):
            for picking in self:
                # sudo: what sales have asked is done for all
                self.env["res.company"]._paper_told(picking.sudo().sale_id, (f"use {picking.id}",))
        return result

    def _follow_use(self):
        """Have sales ask, some days after receipt, how the paper runs (R6.3.2)."""
        company, order = self.company_id, self.sale_id
        name = self.name

        def words(order):
            return order.env._("Ask how the paper of %(delivery)s runs, and write it on the delivery", delivery=name)

        day = self.paper_received_on + timedelta(days=company.paper_use_days)
        company._paper_tell((order.user_id, SALES), order, words, kind=f"use {self.id}", deadline=day, quietly=True)

    def _tell_customer_of_proof(self):
        """Tell the customer what was signed for (R6.3.2); the mail stays with the delivery."""

        def subject(picking):
            return picking.env._("%(delivery)s was signed for", delivery=picking.name)

        def body(picking):
            rows = [
                f"{(rec.paper_spec_id or rec.product_id).display_name}: {rec.accepted_kg:.1f} kg"
                for rec in picking.paper_receipt_ids
            ]
            text = picking.env._("%(signer)s has received and accepted:", signer=picking.paper_signer)
            return Markup("<p>%s</p><ul>%s</ul>") % (text, Markup().join(Markup("<li>%s</li>") % row for row in rows))

        self.company_id._paper_send(self.partner_id, self, subject, body, kind="paper_delivery.mail_kind_dispatch")

    @api.model
    def _cron_chase_proofs(self):
        """Tell logistics of deliveries whose proof has been missing for some days (R6.3.2)."""
        for company in self.env["res.company"].search([]):
            last = company._paper_day_begins(company._paper_today() - timedelta(days=company.paper_chase_days))
            missing = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "done"),
                    ("paper_proof_on", "=", False),
                    ("paper_receipt_ids", "!=", False),
                    ("date_done", "<", last),
                ]
            )
            if missing:
                company._paper_tell(LOGISTICS, missing, self._chase_words, kind="chase", quietly=True)

    @staticmethod
    def _chase_words(picking):
        return picking.env._("The proof of %(delivery)s is missing: ask driver or customer", delivery=picking.name)

    def action_print_papers(self):
        """Print the notes and certificates of these deliveries as one file; they are of one customer."""
        self.check_access("read")
        if len(self.partner_id.commercial_partner_id) > 1:
            raise ProofError(self.env._("Choose the deliveries of one customer."))
        return self.env.ref("paper_delivery.action_report_delivery_note").report_action(self, config=False)
