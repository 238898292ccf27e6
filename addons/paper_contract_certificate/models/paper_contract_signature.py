from odoo import fields, models


class PaperContractSignature(models.Model):
    _inherit = "paper.contract.signature"

    # What the certificate of a CA says.
    certificate_subject = fields.Char(string="Certificate of")
    certificate_issuer = fields.Char(string="Issued by")
    certificate_serial = fields.Char(string="Certificate No.")
    certificate_chain = fields.Text(readonly=True)
    certificate_valid_to = fields.Datetime(string="Certificate Valid until")
    certificate_signed_on = fields.Datetime(
        string="Time in the Signature", help="As the signer's own clock said."
    )
    algorithm = fields.Char(readonly=True)
    coverage = fields.Char(readonly=True)
