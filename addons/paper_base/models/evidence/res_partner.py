from odoo import models
from odoo.tools import SQL, LazyTranslate

from ...exceptions import PseudonymError
from ...lib.words import said
from ..steps.reason import ReasonStep
from .permit import MESSAGES, TRACKING, permitted

_lt = LazyTranslate(__name__)

ADMINISTRATOR = "base.group_system"
# What tells who somebody is; the fields of other addons that say so are added by an override of _paper_personal_fields.
PERSONAL = (
    "email", "phone", "mobile", "street", "street2", "city", "zip", "state_id", "vat", "website", "function", "comment",
    "ref", "barcode", "image_1920", "company_name", "company_registry",
)  # fmt: skip


class ResPartner(models.Model):
    _inherit = "res.partner"

    _reason_steps = {
        "action_paper_pseudonym": ReasonStep(
            _lt("Replace Personal Data by a Pseudonym"), hint=_lt("Who asked for it, when, and on which ground")
        )
    }

    # Who wrote is not deleted

    def _paper_uses(self):
        """Name as well the last thing on which each of them wrote: the name would be gone from what was written."""
        found = super()._paper_uses()
        documents = self.env["paper.evidence.mixin"]._documents()
        if not self.ids or not documents:
            return found
        self.env["mail.message"].flush_model(["author_id", "model", "res_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (author_id) model, res_id FROM mail_message"
                " WHERE author_id IN %s AND model IN %s AND res_id IS NOT NULL ORDER BY author_id, id DESC LIMIT 5",
                tuple(self.ids),
                documents,
            )
        )
        # sudo: see the inherited method
        records = [self.env[model].sudo().browse(res_id).exists() for model, res_id in rows]
        return found + [(record, "") for record in records if record]

    # Personal data, where a law asks for its deletion

    def action_paper_pseudonym(self, reason=None):
        """Replace what tells who these archived people are by a pseudonym; what they decided and wrote stays.

        :raises PseudonymError: for anybody but the administrator, for companies, and for who is not archived
        """
        self._check_pseudonym()
        reason = said(reason)
        if not reason:
            return self.env["paper.reason.wizard"]._ask(self, "action_paper_pseudonym")
        # sudo: the administrator may, and no right of a department is needed on top
        for partner in self.sudo():
            partner._take_pseudonym(self.env._("Person %(number)s", number=partner.id))
        values = [{"partner_id": partner.id, "user_id": self.env.uid, "reason": reason} for partner in self]
        self.env["paper.pseudonym"].sudo()._by_step().create(values)  # sudo: as above
        return True

    def _check_pseudonym(self):
        if not self.env.user.has_group(ADMINISTRATOR):
            raise PseudonymError(self.env._("The administrator replaces personal data."))
        for partner in self.sudo():  # sudo: whether somebody is still here is asked
            if partner.is_company:
                raise PseudonymError(self.env._("“%(name)s” is a company: it has no personal data.", name=partner.display_name))
            if partner.active or partner.with_context(active_test=False).user_ids.filtered("active"):
                raise PseudonymError(
                    self.env._("“%(name)s” is still active. Archive the user and the contact first.", name=partner.display_name)
                )

    def _paper_personal_fields(self):
        """Return the names of the fields that are emptied. Override to add."""
        return [name for name in PERSONAL if name in self._fields]

    def _take_pseudonym(self, pseudonym):
        self.ensure_one()
        quiet = self.with_context(tracking_disable=True, mail_notrack=True)
        quiet.write({"name": pseudonym, **dict.fromkeys(self._paper_personal_fields(), False)})
        users = quiet.with_context(active_test=False).user_ids
        for user in users:
            user.write({"login": f"pseudonym-{user.id}", "signature": False})
        own = [("model", "=", self._name), ("res_id", "=", self.id)]
        permitted(self.env["mail.tracking.value"], TRACKING).search(
            [("mail_message_id", "in", self.env["mail.message"]._search(own))]
        ).unlink()
        messages = permitted(self.env["mail.message"], MESSAGES)
        messages.search([("author_id", "=", self.id), ("email_from", "!=", False)]).write({"email_from": pseudonym})
        self._rename_in_tracking(pseudonym, users)

    def _rename_in_tracking(self, pseudonym, users):
        """Put the pseudonym where the system noted that a document was given to this person or taken away."""
        values = permitted(self.env["mail.tracking.value"], TRACKING)
        for relation, ids in (("res.partner", self.ids), ("res.users", users.ids)):
            for side in ("old", "new"):
                noted = [("field_id.relation", "=", relation), (f"{side}_value_integer", "in", ids)]
                values.search(noted).write({f"{side}_value_char": pseudonym})
