import base64
import binascii

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from ...exceptions import FeedbackPhotoError

MOST_BYTES = 10_000_000
PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")


class HelpdeskTicket(models.Model):
    """Photos of customers and visitors, and visits after serious cases."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _checked_photos(self, photos):
        """Return photos as bytes, drawn anew without what the camera wrote into them; no SVG, no HTML, whatever its name says.

        :param photos: list of bytes, or of base64 texts, data addresses among them
        :raises FeedbackPhotoError: for what is no picture, or larger than 10 MB
        """
        checked = []
        for photo in photos:
            try:
                if isinstance(photo, str):
                    photo = base64.b64decode(photo.partition("base64,")[2] or photo, validate=True)
                if len(photo) > MOST_BYTES or guess_mimetype(photo) not in PICTURES:
                    raise ValueError
                checked.append(image_process(photo, size=(1920, 1920), verify_resolution=True, quality=85, output_format="JPEG"))
            except (binascii.Error, ValueError, TypeError, OSError, UserError) as error:
                raise FeedbackPhotoError(
                    self.env._("A file is no photo (JPEG, PNG, WebP) of at most 10 MB: nothing was sent. Choose another one.")
                ) from error
        return checked

    def _visit_after_serious(self):
        """Plan the visits that follow on serious cases that are closed (R7.2.1)."""
        visits = self.env["paper.quality.visit"].sudo()  # sudo: whoever closes the case sets off the visit
        for ticket in self.sudo().filtered(lambda rec: rec.severity == "serious" and rec.sale_order_id):  # sudo: as above
            order = ticket.sale_order_id
            rules = (
                self.env["paper.visit.rule"]
                ._rules_of(ticket.company_id)
                .filtered(lambda rule, order=order: rule.frequency == "serious" and rule._applies_to(order))
            )
            picking = order.picking_ids.filtered(lambda own: own.state == "done")[:1]
            joins = visits._joins_of(ticket.company_id, [order])
            for rule in rules if picking else ():
                if order.paper_visit_ids.rule_id & rule or joins.join(order, rule):
                    continue
                planned = visits._by_step().create([visits._prepare_visit(order, picking, rule)])
                planned._clock_start(rule.days)
