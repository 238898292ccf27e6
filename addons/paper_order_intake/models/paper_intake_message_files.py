import hashlib

from odoo import api, fields, models
from werkzeug.urls import url_encode

from ..exceptions import IntakeStateError
from ..lib.arrival_text import storable

# An arrival that is a mail or a whole file: what it orders a person may have to read himself.
WHOLE = ("mail", "file", "feed_file")


class PaperIntakeMessage(models.Model):
    """What came with an order and is no list of orders: a drawing, a scan, a print sample. It goes along to the order,
    where every department finds it.
    """

    _inherit = "paper.intake.message"

    file_ids = fields.Many2many(
        "ir.attachment", "paper_intake_message_file_rel", string="Own Further Files", by_steps=True
    )
    shown_file_ids = fields.Many2many("ir.attachment", string="Further Files", compute="_compute_shown_file_ids")
    can_take_orders = fields.Boolean(compute="_compute_can_take_orders")

    @api.depends("file_ids", "parent_id.file_ids")
    def _compute_shown_file_ids(self):
        for message in self:
            message.shown_file_ids = message.file_ids | message.parent_id.file_ids

    @api.depends("state", "form", "parent_id", "upload_id", "pending")
    def _compute_can_take_orders(self):
        for message in self:
            whole = message.form in WHOLE and not (message.parent_id or message.upload_id or message.pending)
            message.can_take_orders = whole and message.state in ("received", "question", "rejected", "split")

    def _keep_further_files(self, files):
        """Keep the files of a mail that are no lists of orders, those that the gateway has kept already as they are.

        :param files: list of ``MailFile``
        """
        self.ensure_one()
        if not files:
            return
        # sudo: the files belong to the arrival, whoever brings it
        attachments = self.env["ir.attachment"].sudo()
        there = attachments.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("id", "!=", self.payload_id.id)]
        )
        known = {attachment.checksum: attachment for attachment in there}
        distinct = {}
        for file in files:  # by what Odoo names a file's content
            distinct.setdefault(hashlib.sha1(file.content, usedforsecurity=False).hexdigest(), file)
        fresh = {digest: file for digest, file in distinct.items() if digest not in known}
        values = [
            {
                "name": storable(file.name, 200),
                "raw": file.content,
                "mimetype": self.channel_id._safe_mimetype(file.kind),
                "res_model": self._name,
                "res_id": self.id,
            }
            for file in fresh.values()
        ]
        known |= dict(zip(fresh, attachments.create(values), strict=True))
        self._keep({"file_ids": [(6, 0, [known[digest].id for digest in distinct])]})

    def _create_orders(self):
        lines = super()._create_orders()
        self._hand_files_on([line.order_id for line in lines])
        return lines

    def _hand_files_on(self, orders):
        """Give each order the further files of the mail that it came in, once."""
        # sudo: the order's departments read what the customer sent for it
        mails = {
            order: message
            for message, order in zip(self.sudo(), orders, strict=True)
            if message.form == "mail" or message.parent_id.form == "mail"
        }
        brought = {order: message for order, message in mails.items() if not order.intake_message_ids}
        for order, message in brought.items():
            message.shown_file_ids.copy({"res_model": order._name, "res_id": order.id})

    def action_download(self):
        """Download what arrived as it came: the mail, the file, the body of the call."""
        self.ensure_one()
        self.check_access("read")
        payload = self.payload_id or self.parent_id.payload_id
        url = f"/web/content/{payload.id}?download=true"
        if not payload and self.upload_id:
            name = url_encode({"download": "true", "filename": self.upload_id.file_name or ""})
            url = f"/web/content/paper.intake.upload/{self.upload_id.id}/file?{name}"
        elif not payload:
            raise IntakeStateError(self.env._("%(message)s came as words, not as a file.", message=self.display_name))
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_take_orders(self):
        """Open the quick entry beside the words of a mail, or a scan: each paper in it becomes an order (R3.1.1)."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_take_orders()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_quick_order")
        given = ("partner_id", "product_id", "payment_term_id")
        known = {f"default_{name}": self[name].id for name in given if self[name]}
        context = {"default_message_id": self.id, "default_channel_id": self.channel_id.id, "dialog_size": "extra-large"}
        return {**action, "context": {**context, **known}}

    def _check_can_take_orders(self):
        if not self.can_take_orders:
            raise IntakeStateError(self.env._("%(message)s is closed already.", message=self.display_name))
