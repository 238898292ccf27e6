import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from ...exceptions import DeliveryEventError, ProofError

KINDS = [
    ("loaded", "Loaded"),
    ("called", "Customer Called"),
    ("arrived", "Arrived"),
    ("unloaded", "Unloaded"),
    ("roll", "Roll"),
    ("sign", "Signed"),
    ("second", "Second Signature"),
    ("correction", "Proof Corrected"),
]
MAX_PHOTOS = 6
MAX_PHOTO = 3_000_000  # bytes of one that a phone sends
VERDICTS = [
    ("ok", "Good"),
    ("damaged", "Damaged"),
    ("missing", "Missing"),
    ("refused", "Refused"),
    ("wrong", "Wrong Roll"),
    ("double", "Scanned Twice"),
    ("held", "On Hold"),
    ("unknown", "Unknown"),
]


class PaperDeliveryEvent(models.Model):
    """What was reported of a delivery, as it was reported: loaded, arrived, each roll accepted or not, signed, corrected.

    Nobody changes or deletes it. What a phone reports carries an id that the phone made, so that what it sends twice
    is kept once.
    """

    _name = "paper.delivery.event"
    _description = "Delivery Event"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _field_error = ProofError

    picking_id = fields.Many2one("stock.picking", string="Delivery", index="btree_not_null", ondelete="restrict")
    batch_id = fields.Many2one("stock.picking.batch", string="Trip", index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(KINDS, required=True)
    verdict = fields.Selection(VERDICTS)
    uid = fields.Char(string="Id of the Phone")
    happened_on = fields.Datetime(required=True, default=fields.Datetime.now, help="By the clock of the phone.")
    user_id = fields.Many2one("res.users", string="Reported by")
    person = fields.Char(string="Name")
    lot_id = fields.Many2one("stock.lot", string="Roll", index="btree_not_null", ondelete="restrict")
    code = fields.Char(string="Scanned")
    note = fields.Char()
    payload = fields.Json(help="What was reported, word for word.")
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    _uid_once = models.UniqueIndex("(uid) WHERE uid IS NOT NULL", "This was reported already.")

    @api.model_create_multi
    def create(self, vals_list):
        pickings = self.env["stock.picking"].browse([vals["picking_id"] for vals in vals_list if vals.get("picking_id")])
        companies = {picking.id: picking.company_id.id for picking in pickings}
        vals_list = [
            {"company_id": companies[vals["picking_id"]], **vals} if vals.get("picking_id") else vals for vals in vals_list
        ]
        return super().create(vals_list)

    def _keep_photos(self, pictures):
        """Attach pictures that a phone sent, made small and without what a camera adds of place and time.

        :param pictures: base64, with or without the head of a data address
        :raises DeliveryEventError: for more than six, or what is no picture
        """
        self.ensure_one()
        if len(pictures) > MAX_PHOTOS:
            raise DeliveryEventError(self.env._("No more than %(number)s photos go with one report.", number=MAX_PHOTOS))
        vals_list = []
        for number, picture in enumerate(pictures, 1):
            content = self._checked_picture(picture)
            vals_list.append(
                {"name": f"{self.kind}-{self.id}-{number}.jpg", "raw": content, "res_model": self._name, "res_id": self.id}
            )
        # sudo: a phone without login brings them
        self._by_step().write({"photo_ids": self.env["ir.attachment"].sudo().create(vals_list).ids})

    @api.model
    def _checked_picture(self, picture):
        text = picture.partition("base64,")[2] or picture if isinstance(picture, str) else ""
        try:
            content = base64.b64decode(text, validate=True)
            if not content or len(content) > MAX_PHOTO or guess_mimetype(content) not in ("image/png", "image/jpeg"):
                raise ValueError
            # Written anew: without the camera's notes, and nothing but a picture.
            return image_process(content, size=(1600, 1600), verify_resolution=True, output_format="JPEG", quality=80)
        except (binascii.Error, ValueError, UserError, OSError) as error:
            raise DeliveryEventError(self.env._("A photo is no picture, or too large.")) from error

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise DeliveryEventError(self.env._("What was reported of a delivery stays."))
