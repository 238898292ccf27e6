from odoo import api, models
from odoo.tools import SQL


class PaperCreditLedger(models.AbstractModel):
    _inherit = "paper.credit.ledger"

    @api.model
    def _payment_sources(self):
        return [*super()._payment_sources(), (("complaints",), self._complaint_query)]

    @api.model
    def _complaint_query(self, parameters):
        """Feedback about quality or service, or serious; a question of use is no complaint (R7.1.1), and an unfounded one
        costs nobody credit.
        """
        self.env["helpdesk.ticket"].flush_model()
        self.env["helpdesk.ticket.stage"].flush_model()
        return SQL(
            """SELECT partner.commercial_partner_id AS partner_id, COUNT(*) AS complaints
                 FROM helpdesk_ticket ticket
                 JOIN res_partner partner ON partner.id = ticket.partner_id
                WHERE ticket.active AND (ticket.nature IN ('quality', 'service') OR ticket.severity = 'serious')
                  AND ticket.company_id = %(company)s AND %(counts)s AND partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            counts=self.env["helpdesk.ticket"]._paper_counts_sql(SQL("ticket")),
            **parameters,
        )
