from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_roll.models.label.drawing import qr


class PaperTripLink(models.TransientModel):
    """The driver's link and its QR, shown once to logistics to hand over; the table keeps no link for longer."""

    _name = "paper.trip.link"
    _description = "Driver's Link"

    batch_id = fields.Many2one("stock.picking.batch", string="Trip", required=True, readonly=True)
    url = fields.Char(string="Link", readonly=True)
    qr = fields.Html(compute="_compute_qr", sanitize=False)

    @api.depends("url")
    def _compute_qr(self):
        for link in self:
            # Drawn from the address alone, as numbers.
            link.qr = link.url and Markup('<div style="width:240px;height:240px">%s</div>') % qr(link.url)
