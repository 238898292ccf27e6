import hashlib

from odoo import fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ...exceptions import ContractStateError, ScanReusedError, SecondPersonError, SignatureDataError
from ..archive.paper_contract_document import SCAN_TYPES
from ..draft.paper_contract import MANAGEMENT


class PaperContract(models.Model):
    """Signature on sealed paper: recorded by one person with its scan, seen by a second one."""

    _inherit = "paper.contract"

    def action_record_paper_signature(
        self, side=None, signer_name=None, scan=None, paper_date=None, signer_title=None
    ):
        """Record that a side has signed and sealed the paper, with its scan; a second person has to see it (R4.1.3).

        Without arguments, a dialog asks for them.

        :param side: ``customer`` or ``company``
        :param scan: PDF or picture, in base64
        :param paper_date: date that stands on the paper
        :raises SignatureDataError: without a name or a readable scan
        """
        self._check_act("record_signature")
        self.ensure_one()
        if not side:
            return self.env["paper.contract.evidence"]._open(self, "paper")
        lock_or_tell(self)
        self._check_side(side)
        if not said(signer_name):
            raise SignatureDataError(self.env._("A signature needs the name of who signs, and the signature itself."))
        raw, mimetype = self._read_file(scan)
        self._check_terms()
        self._check_blanks()
        self._check_opinions()
        other_side = self._check_new_scan(side, raw)
        name = f"{self.name}-{side}-paper.{SCAN_TYPES[mimetype]}"
        document = self.env["paper.contract.document"]._archive(self, "scan", name, raw, mimetype)
        # sudo: signatures are written by the steps only; this one has checked who takes it
        self.env["paper.contract.signature"].sudo()._by_step().create(
            {
                "contract_id": self.id,
                "side": side,
                "kind": "paper",
                "signer_name": said(signer_name),
                "signer_title": signer_title,
                "signed_on": fields.Datetime.now(),
                "paper_date": paper_date,
                "sha256": self.sudo().pdf_sha256,  # sudo: see above
                "document_id": document.id,
                "recorded_by_id": self.env.uid,
            }
        )
        self._log(self.env._("Sealed paper of %(side)s recorded; a second person has to see it.",
                             side=self._side_name(side)))
        if other_side:
            self._log(
                self.env._(
                    "This scan is the one that was recorded for %(side)s: look whether it shows both seals.",
                    side=self._side_name(other_side.side),
                )
            )
        managers = self.company_id._paper_department_users(MANAGEMENT) - self.env.user
        self._tell(managers, lambda rec: rec.env._("See the sealed paper of contract %(contract)s", contract=rec.name), "seal")
        return True

    def _check_new_scan(self, side, raw):
        """Refuse a scan that stands in another contract; what was refused may be recorded again for the same side.

        :return: the signature of the other side of this contract that has the same scan, if there is one
        :raises ScanReusedError: naming the other contract
        """
        # sudo: the same file proves one contract, whoever may read the others
        alike = self.env["paper.contract.signature"].sudo().search(
            [("document_id.sha256", "=", hashlib.sha256(raw).hexdigest()), ("kind", "=", "paper")]
        )
        other = alike.filtered(lambda item: item.contract_id != self).contract_id[:1]
        if other:
            known = other.name if other.company_id == self.company_id else self.env._("another company")
            raise ScanReusedError(
                self.env._("This scan is the sealed paper of %(contract)s. Scan the paper of this contract.", contract=known)
            )
        return alike.filtered(lambda item: item.side != side)[:1]

    def _check_side(self, side):
        if side not in ("customer", "company"):
            raise SignatureDataError(self.env._("Say which side has signed."))
        # sudo: the rule holds whoever asks
        if self.sudo().signature_ids.filtered(lambda item: item.side == side and item.state != "refused"):
            raise ContractStateError(self.env._("“%(contract)s” is signed for this side already.", contract=self.name))

    def _side_name(self, side):
        return self.env._("the customer") if side == "customer" else self.env._("the company")

    def _recorded(self, side):
        """Return the sealed paper that waits to be seen, of ``side`` or of the only one that waits."""
        self.ensure_one()
        # sudo: signatures are read for the step, which checks who takes it
        waiting = self.sudo().signature_ids.filtered(
            lambda item: item.state == "recorded" and item.side == (side or item.side)
        )
        if not waiting:
            raise ContractStateError(self.env._("No sealed paper of “%(contract)s” waits to be seen.", contract=self.name))
        return waiting[0]

    def _check_second_person(self, signature):
        """Refuse who recorded the paper himself, and for the company's own side everybody but the management."""
        self.check_access("read")
        if self.env.user == signature.recorded_by_id:
            raise SecondPersonError(
                self.env._("%(user)s has recorded the paper; a second person has to see it.", user=self.env.user.name)
            )
        if signature.side == "company":
            self._check_department(MANAGEMENT)

    def action_confirm_paper_signature(self, side=None):
        """Confirm to have seen the sealed paper, by somebody else than who recorded it: then it counts (R4.1.3).

        For the company's own side this is the management.
        """
        self._check_act("see_paper")
        self.ensure_one()
        lock_or_tell(self)
        signature = self._recorded(side)
        self._check_second_person(signature)
        evidence = {
            "signed_on": signature.signed_on,
            "signer_title": signature.signer_title,
            "ip": False,
            "seen_by_id": self.env.uid,
            "seen_on": fields.Datetime.now(),
        }
        self.company_id._paper_told(self, "seal")
        self._sign(signature.side, signature.signer_name, False, {}, kind="paper", evidence=evidence)
        return True

    def action_refuse_paper_signature(self, side=None, reason=None):
        """Refuse the sealed paper: wrong seal, wrong version, not readable. It is kept with the reason."""
        self._check_act("see_paper")
        self.ensure_one()
        signature = self._recorded(side)
        self._check_second_person(signature)
        if not said(reason):
            return signature._ask_reason("action_refuse")
        signature._take_step(
            "refused", refused_reason=said(reason), seen_by_id=self.env.uid, seen_on=fields.Datetime.now()
        )
        self.company_id._paper_told(self, "seal")
        # The index that allows one paper a side must see the refusal before the next one.
        signature.flush_recordset()
        self._log(self.env._("Sealed paper of %(side)s refused: %(reason)s",
                             side=self._side_name(signature.side), reason=said(reason)))
        return True
