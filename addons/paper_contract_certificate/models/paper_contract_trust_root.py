import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import pdf_signature


class PaperContractTrustRoot(models.Model):
    """A certification authority whose signatures in PDFs a company accepts: its own certificate, uploaded by an
    administrator or by legal. Nothing is fetched from the net.
    """

    _name = "paper.contract.trust.root"
    _description = "Trusted Certification Authority"
    _order = "name, id"

    name = fields.Char(compute="_compute_certificate", store=True, readonly=False, precompute=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    certificate = fields.Binary(string="Certificate (PEM or DER)", required=True, attachment=False)
    file_name = fields.Char()
    fingerprint = fields.Char(string="SHA-256 Fingerprint", compute="_compute_certificate", store=True, precompute=True)
    valid_to = fields.Datetime(string="Valid until", compute="_compute_certificate", store=True, precompute=True)

    @api.depends("certificate")
    def _compute_certificate(self):
        for root in self:
            certificates = root._certificates()
            first = certificates[:1]
            root.name = root.name or (first and first[0].subject.human_friendly) or False
            root.fingerprint = hashlib.sha256(first[0].dump()).hexdigest() if first else False
            root.valid_to = first[0].not_valid_after.replace(tzinfo=None) if first else False

    @api.constrains("certificate")
    def _check_certificate(self):
        for root in self:
            certificates = root._certificates()
            if not certificates:
                raise ValidationError(self.env._("“%(file)s” is no certificate.", file=root.file_name or root.name or ""))
            if any(certificate.ca is False for certificate in certificates):
                raise ValidationError(
                    self.env._("Only certificates of certification authorities are trusted, not those of persons.")
                )

    def _certificates(self):
        """Return the certificates in the file, [] if there is none that can be read."""
        self.ensure_one()
        content = self.with_context(bin_size=False).certificate
        try:
            return pdf_signature.read_certificates(base64.b64decode(content or b""))
        except (ValueError, TypeError):
            return []

    @api.model
    def _trusted(self, company):
        """Return the certificates that ``company`` trusts."""
        # sudo: the check of a signature needs the certificates, whoever may read them
        roots = self.sudo().search([("company_id", "=", company.id)])
        return [certificate for root in roots for certificate in root._certificates()]
