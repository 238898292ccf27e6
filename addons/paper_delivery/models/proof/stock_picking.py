import base64
import binascii
import logging

from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype

from ...exceptions import ProofError
from ..notice.paper_dispatch_notice import LOGISTICS, SALES

_logger = logging.getLogger(__name__)

MAX_KG = 1e9
MAX_SIGNATURE = 1_000_000  # bytes of the posted picture


class StockPicking(models.Model):
    _inherit = "stock.picking"

    paper_receipt_ids = fields.One2many("paper.delivery.receipt", "picking_id", string="Received Quantities")
    paper_signer = fields.Char(string="Received by", tracking=True, by_steps=True)
    paper_received_on = fields.Date(string="Received on", by_steps=True)
    paper_accepted = fields.Boolean(string="Accepted", by_steps=True)
    paper_proof_remarks = fields.Text(string="Customer's Remarks", by_steps=True)
    paper_proof_on = fields.Datetime(string="Proof Recorded on", index=True, by_steps=True)
    paper_proof_by_id = fields.Many2one("res.users", string="Proof Recorded by", by_steps=True)
    paper_sign_expires = fields.Date(
        groups="base.group_user", by_steps=True, help="The last day, where the mill stands, on which the customer may sign."
    )
    paper_note_due = fields.Boolean(string="Signed Note to Print", by_steps=True, index="btree_not_null")
    paper_event_ids = fields.One2many("paper.delivery.event", "picking_id", string="Events", by_steps=True)
    can_record_proof = fields.Boolean(compute="_compute_can_record_proof")

    @api.depends("is_paper_dispatch", "state", "paper_proof_on")
    @api.depends_context("uid")
    def _compute_can_record_proof(self):
        may = self._is_one_of((LOGISTICS,))
        for picking in self:
            picking.can_record_proof = may and picking._is_left() and not picking.paper_proof_on

    # Preparation, when the goods leave

    def _prepare_receipts(self):
        vals_list = []
        for picking in self.filtered(lambda rec: not rec.paper_receipt_ids):
            for line in picking._note_lines():
                vals_list.append(
                    {
                        "picking_id": picking.id,
                        "product_id": line["product"].id,
                        "paper_spec_id": line["spec"].id,
                        "order_line_id": line["order_line"].id,
                        "shipped_kg": line["kg"],
                        "received_kg": line["kg"],
                        "gross_kg": line["gross_kg"],
                        "nominal_kg": line["nominal_kg"],
                    }
                )
        self.env["paper.delivery.receipt"]._by_step().create(vals_list)

    def _open_signing(self):
        """Let the customer of each delivery sign for some days, by a link of its own that is sent now."""
        for picking in self:
            company = picking.company_id
            last = company._paper_today() + relativedelta(days=company.paper_proof_days)
            picking._by_step().write({"paper_sign_expires": last})
            picking._send_sign_link()

    def _send_sign_link(self):
        """Send the link to the customer alone: whoever reads the delivery must not sign in the customer's place."""
        self.ensure_one()
        url = self.get_base_url() + self._sign_url(self._link_issue("sign", partner=self.partner_id))

        def subject(picking):
            return picking.env._("Delivery %(delivery)s is on its way", delivery=picking.name)

        def body(picking):
            _ = picking.env._
            return Markup("<p>%s</p><p><a href='%s'>%s</a></p>") % (
                _(
                    "The goods of %(delivery)s, order %(order)s, have left our mill. Please sign for them on arrival.",
                    delivery=picking.name,
                    order=picking.sale_id.name,
                ),
                url,
                _("Check the delivery and sign"),
            )

        kind = "paper_delivery.mail_kind_dispatch"
        self.company_id._paper_send(self.partner_id, self, subject, body, secret=True, kind=kind)

    def _sign_url(self, token=None):
        """Return the path of the page where the customer signs: with a link's token, or for who is logged in."""
        self.ensure_one()
        return f"/my/delivery/{self.id}?token={token}" if token else f"/my/delivery/{self.id}"

    def _is_signable(self):
        """Say whether the customer may still sign for the goods."""
        self.ensure_one()
        last = self.paper_sign_expires
        return bool(last and not self.paper_proof_on and last >= self.company_id._paper_today())

    def _may_sign(self, token):
        """Say whether the link of ``token``, or the login of the order's own customer, opens this delivery now."""
        self.ensure_one()
        # sudo: neither a link nor a customer has any right on transfers
        picking = self.sudo()
        if not picking._is_signable():
            return False
        # A link is for whoever holds it; a login of the customer without the right signs with no link either.
        if not self.env.user._paper_may("deliveries"):
            return False
        if token:
            return picking._link_opens("sign", token)
        return self._is_of_login()

    def _is_of_login(self):
        """Say whether who is logged in takes deliveries of the order's customer."""
        self.ensure_one()
        user = self.env.user
        customer = self.sudo().sale_id.partner_id.commercial_partner_id  # sudo: only whose order it is
        own = bool(customer) and not user._is_public() and user.sudo().partner_id.commercial_partner_id == customer
        return own and user._paper_may("deliveries")

    def _may_open(self, token):
        """Say whether the link of ``token``, or a login of the customer, opens the papers of this delivery now."""
        self.ensure_one()
        if self._may_sign(token):
            return True
        # sudo: as for _may_sign
        return self.sudo()._is_left() and (self._is_of_login() or self._may_read(token))

    def _may_read(self, token):
        """Say whether the link by which the goods were signed for shows what was signed."""
        self.ensure_one()
        return bool(token) and self.env.user._paper_may("deliveries") and self._link_opens("read", token)

    # The proof

    def action_open_proof(self):
        """Open the dialog in which logistics record the signed delivery note."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proof of Delivery"),
            "res_model": "paper.delivery.proof",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_picking_id": self.id},
        }

    def action_record_proof(self, signer, signature, received_on=None, accepted=True, remarks=None, lines=None):
        """Record the delivery note that the customer signed (R6.3.1); logistics, for the driver.

        :param signer: name of the person who signed
        :param signature: picture of the signature, base64
        :param received_on: date of receipt; today if not given
        :param accepted: False where the customer did not accept the goods; then ``remarks`` say why
        :param lines: list of {"id": id of a received quantity, "received_kg": kg, "remark": text} that differ
        :raises ProofError: before the goods left, a second time, or incomplete
        """
        self.ensure_one()
        self._check_hands((LOGISTICS,))
        self.check_access("write")
        return self._record_proof(signer, signature, received_on, accepted, remarks, lines)

    def _record_proof(self, signer, signature, received_on=None, accepted=True, remarks=None, lines=None, noted=False):
        self.ensure_one()
        lock_or_tell(self)  # two signatures at the same moment are one too many
        self._check_provable()
        vals = self._prepare_proof(signer, signature, received_on, accepted, remarks)
        # sudo: whoever brings the proof, the customer too, writes no more of the transfer than this step does
        picking = self.sudo()
        picking._receive(lines or [])
        picking._by_step().write(vals)
        if not noted:
            picking._note_event("sign", picking._proof_said())
        picking._after_proof()
        # Who signed keeps reading what was signed; the link signs no second time.
        picking._links("sign").filtered(lambda link: link._is_alive())._by_step().write({"purpose": "read"})
        picking._tell_sales()
        picking.sale_id._paper_weight_changed()
        return True

    def _after_proof(self):
        """Do what follows from a proof. Override to do more, for example to open a ticket or to claim on the carrier."""
        self.ensure_one()
        self._bring_back()
        self._tell_customer_of_proof()
        self._follow_use()

    def _bring_back(self):
        """Prepare the return of goods that were not accepted; the warehouse takes them into quarantine."""
        back = {
            receipt: receipt.received_kg if not self.paper_accepted else receipt.refused_kg for receipt in self.paper_receipt_ids
        }
        if not any(back.values()):
            return
        wizard = self.env["stock.return.picking"].with_context(active_id=self.id, active_model=self._name).create({})
        for line in wizard.product_return_moves:
            move = line.move_id
            share = sum(kg for receipt, kg in back.items() if receipt.order_line_id == move.sale_line_id)
            whole = self._in_kg(move.product_uom, move.quantity)
            line.quantity = move.product_uom.round(min(move.quantity * share / whole, move.quantity) if whole else 0.0)
        if any(wizard.product_return_moves.mapped("quantity")):
            wizard.action_create_returns()

    def _check_provable(self):
        if not self._is_left():
            raise ProofError(self.env._("%(delivery)s has not left for a customer.", delivery=self.name))
        if self.paper_proof_on:
            raise ProofError(self.env._("%(delivery)s has been signed for already.", delivery=self.name))

    def _is_left(self):
        return self.is_paper_dispatch and self.state == "done"

    def _prepare_proof(self, signer, signature, received_on, accepted, remarks):
        signer, remarks = said(signer), said(remarks)
        if not signer:
            raise ProofError(self.env._("Who received the goods? The name is missing."))
        if not accepted and not remarks:
            raise ProofError(self.env._("Goods that are not accepted need a remark that says why."))
        today = self.company_id._paper_today()
        received_on = fields.Date.to_date(received_on) or today
        if received_on > today:
            raise ProofError(self.env._("The goods cannot have been received in the future."))
        return {
            "signature": self._checked_signature(signature),
            "paper_signer": signer,
            "paper_received_on": received_on,
            "paper_accepted": bool(accepted),
            "paper_proof_remarks": remarks,
            "paper_proof_on": fields.Datetime.now(),
            "paper_proof_by_id": self.env.uid,
        }

    def _checked_signature(self, signature):
        """Return the signature as base64 of a picture, whatever data address it came with."""
        if isinstance(signature, bytes):
            signature = signature.decode("ascii", "ignore")
        content = (signature or "").partition("base64,")[2] or signature or ""
        try:
            picture = base64.b64decode(content, validate=True)
            # No SVG: the report would run what it contains.
            if len(picture) > MAX_SIGNATURE or guess_mimetype(picture) not in ("image/png", "image/jpeg"):
                raise ValueError
            image_process(picture, verify_resolution=True, size=(1, 1))
        except (binascii.Error, ValueError, UserError) as error:
            raise ProofError(self.env._("The signature is missing, or is no picture.")) from error
        return content

    def _receive(self, lines):
        receipts = {receipt.id: receipt for receipt in self.paper_receipt_ids}
        for line in lines:
            receipt = receipts.get(line.get("id"))
            if not receipt:
                raise ProofError(self.env._("A received quantity does not belong to %(delivery)s.", delivery=self.name))
            received = line.get("received_kg", 0)
            # What comes by RPC may be anything, "not a number" too, of which every comparison is false.
            if not isinstance(received, int | float) or not 0 <= received < MAX_KG:
                raise ProofError(self.env._("“%(value)s” is no weight in kg.", value=received))
            refused = line.get("refused_kg", 0.0)
            if not isinstance(refused, int | float) or not 0 <= refused <= received:
                raise ProofError(self.env._("“%(value)s” kg cannot be refused of what was received.", value=refused))
            receipt._by_step().write({key: line[key] for key in ("received_kg", "refused_kg", "remark") if key in line})

    def _tell_sales(self):
        """Let sales archive the signed note, tell the customer and follow the use of the paper (R6.3.2)."""
        self.ensure_one()
        order = self.sale_id
        accepted = self.paper_accepted and not any(self.paper_receipt_ids.mapped("difference_kg"))

        def words(order):
            _ = order.env._
            if accepted:
                return _("Archive the signed note of %(delivery)s and tell the customer", delivery=self.name)
            return _("%(delivery)s was received with remarks: settle them with the customer", delivery=self.name)

        # Each delivery of an order is told for itself, and stays until its reader is done with it.
        kind = f"proof {self.id}"
        self.company_id._paper_tell((order.user_id, SALES), order, words, kind=kind, note=self.paper_proof_remarks or "")

    # The delivery note

    def _attach_sign(self):
        """Have the signed delivery note of the mill attached, instead of the standard slip, once the signature is kept.

        A printing program that is missing or slow must not cost a signature: the note is made by a job of its own.
        """
        self.ensure_one()
        if not self.is_paper_dispatch:
            return super()._attach_sign()
        self._by_step().write({"paper_note_due": True})
        # sudo: whoever signs lets the job run
        self.env.ref("paper_delivery.cron_signed_notes").sudo()._trigger()
        return True

    @api.model
    def _cron_signed_notes(self, limit=50):
        """Print and attach the notes that were signed since; one that cannot be printed waits for the next run."""
        due = self.search([("paper_note_due", "=", True)], limit=limit)
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for picking in due:
            try:
                with self.env.cr.savepoint():
                    picking._attach_signed_note()
            except Exception:  # whatever the printing program ends with, the next note is printed
                _logger.warning("The signed note of %s cannot be printed yet.", picking.name, exc_info=True)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _attach_signed_note(self):
        self.ensure_one()
        # sudo: the note shows figures of the order that the driver may not open
        content = self.env["ir.actions.report"].sudo()._render_qweb_pdf("paper_delivery.action_report_delivery_note", self.ids)[0]
        self.message_post(
            attachments=[(self.env._("Signed delivery note %(delivery)s.pdf", delivery=self.name.replace("/", "-")), content)],
            body=self.env._("Received by %(signer)s", signer=self.paper_signer),
        )
        self._by_step().write({"paper_note_due": False})

    def _keep_second(self, said_too, signature, **vals):
        """Keep a signature that came after the first as a second event, and tell logistics; return the event."""
        self.ensure_one()
        payload = {key: str(value)[:2000] for key, value in said_too.items() if value is not None}
        event = self._note_event("second", payload, **vals)
        event._keep_photos([signature] if signature else [])

        def words(picking):
            return picking.env._("%(delivery)s was signed for a second time: compare both", delivery=picking.name)

        self.company_id._paper_tell(LOGISTICS, self, words, kind=f"second {event.id}", quietly=True)
        return event

    def _proof_said(self):
        """Return what a proof says, as plain values."""
        self.ensure_one()
        lines = [
            {"id": rec.id, "received_kg": rec.received_kg, "refused_kg": rec.refused_kg, "remark": rec.remark or ""}
            for rec in self.paper_receipt_ids
        ]
        return {
            "signer": self.paper_signer or "",
            "received_on": fields.Date.to_string(self.paper_received_on) or "",
            "accepted": self.paper_accepted,
            "remarks": self.paper_proof_remarks or "",
            "lines": lines,
        }

    def _note_event(self, kind, said, **vals):
        """Keep what happened to a delivery as an event that nobody changes; return it."""
        self.ensure_one()
        events = self.env["paper.delivery.event"].sudo()  # sudo: whoever brings the news writes no more than this
        return events._by_step().create(
            {"picking_id": self.id, "kind": kind, "payload": said, "person": said.get("signer"), "user_id": self.env.uid, **vals}
        )
