from odoo import api, models

from ...exceptions import EvidenceError
from ..steps.holding import holds
from .permit import FILES, MESSAGES, TRACKING, VOICE, is_permitted, is_system, permitted
from .voice import check_voice

# What was said, by whom, when, where, and to whom it shows.
WORDS = {
    "subject", "body", "author_id", "author_guest_id", "email_from", "date", "model", "res_id", "attachment_ids", "parent_id",
    "message_type", "subtype_id", "is_internal", "message_id", "tracking_value_ids", "create_uid", "create_date",
}  # fmt: skip


class MailMessage(models.Model):
    """What was written on a document of the house: people alter their own comments until the document is evidence, and
    nobody alters what the system noted. Nobody writes in the name of somebody else, on whatever record.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not is_permitted(self.env, VOICE):
            defaults = {key[8:]: value for key, value in self.env.context.items() if key.startswith("default_")}
            for vals in vals_list:
                check_voice(self.env, {**defaults, **vals})
                if vals.get("tracking_value_ids") and not (is_system(self.env) or is_permitted(self.env, TRACKING)):
                    raise EvidenceError(self.env._("What was changed is noted by the system, not by hand."))
        # Pictures in the text become files of the document, with an address of their own.
        return super(MailMessage, permitted(self, FILES)).create(vals_list).with_env(self.env)

    def write(self, vals):
        keys = WORDS & vals.keys()
        if keys and not is_permitted(self.env, MESSAGES) and not self.env["paper.step.mixin"]._is_loading():
            changed = self.filtered(lambda message: any(not message._holds(key, vals[key]) for key in keys))
            changed._refuse_altering()
            if changed:
                check_voice(self.env, {key: vals[key] for key in keys})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_evidence(self):
        if not is_permitted(self.env, MESSAGES):
            self._refuse_altering()

    def _holds(self, key, value):
        if self._fields[key].relational and self._fields[key].type != "many2one":
            return False
        return holds(self.sudo(), key, value)  # sudo: compared, not shown

    def _refuse_altering(self):
        """Refuse to alter or to delete what was written on documents of the house.

        :raises EvidenceError: for what the system or somebody else wrote, and for all of a document that is evidence
        """
        # sudo: the rule is the same whatever the user may read
        ours = self.sudo().filtered(lambda message: message.res_id and hasattr(self.env.get(message.model), "_evidence"))
        for model, messages in ours.grouped("model").items():
            records = self.env[model].sudo().browse(set(messages.mapped("res_id"))).exists()
            evidence = set(records._evidence().ids)
            for message in messages.filtered(lambda message, records=records: message.res_id in set(records.ids)):
                record = self.env[model].sudo().browse(message.res_id)
                if message.res_id in evidence:
                    raise record._evidence_error(
                        self.env._(
                            "What was written on “%(record)s” stays: it is evidence. Write a further message.",
                            record=record.display_name,
                        )
                    )
                if message.message_type != "comment" or message.create_uid.id != self.env.uid:
                    raise EvidenceError(
                        self.env._(
                            "On “%(record)s”, only comments are changed, and each by who wrote it. Write a further message.",
                            record=record.display_name,
                        )
                    )
