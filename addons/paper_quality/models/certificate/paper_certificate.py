import hashlib
import json

from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import CertificateRefusedError, CertificateSealedError, InspectionRightError

_lt = LazyTranslate(__name__)
QUALITY = ("paper_base.group_quality",)


class PaperCertificate(models.Model):
    """An issued certificate of analysis: what passed final inspections found of the rolls of a delivery or of a list, as it was
    when it was issued, with a digest and a public page that says whether it is valid. The quality department issues and revokes
    it; it is never changed.
    """

    _name = "paper.certificate"
    _description = "Certificate of Analysis"
    _inherit = ["paper.step.mixin", "paper.link.mixin", "mail.thread"]
    _order = "id desc"
    _check_company_auto = True
    _all_by_steps = True
    _steps = {"valid": {"revoked": QUALITY}, "revoked": {}}
    _step_verbs = {"revoke": "revoked"}
    _reason_steps = {"action_revoke": ReasonStep(_lt("Revoke the Certificate"), hint=_lt("Why it does not hold any more."))}
    _state_error = CertificateSealedError
    _right_error = InspectionRightError
    _field_error = CertificateSealedError

    name = fields.Char(string="Certificate No.", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Customer", index="btree_not_null")
    picking_id = fields.Many2one("stock.picking", string="Delivery", index="btree_not_null", check_company=True)
    lot_ids = fields.Many2many("stock.lot", string="Rolls")
    inspection_ids = fields.Many2many("qc.inspection", string="Inspections")
    state = fields.Selection([("valid", "Valid"), ("revoked", "Revoked")], required=True, default="valid", tracking=True)
    content = fields.Json()
    digest = fields.Char(string="SHA-256", help="Of what the certificate says, in all its languages.")
    issued_on = fields.Datetime()
    issued_by_id = fields.Many2one("res.users", string="Issued by")
    revoked_on = fields.Datetime()
    revoked_by_id = fields.Many2one("res.users", string="Revoked by")
    revoke_reason = fields.Char(string="Revoked Because", tracking=True)
    lot_count = fields.Integer(string="Number of Rolls", compute="_compute_lot_count")
    can_revoke = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex("(company_id, name)", "A certificate's number is given once.")

    @api.depends("lot_ids")
    def _compute_lot_count(self):
        for certificate in self:
            certificate.lot_count = len(certificate.lot_ids)

    @api.model
    def _issue(self, lots, weights=None, picking=None):
        """Issue one certificate of these lots (R6.1.1).

        :param weights: ``{lot: kg}`` of the part that is certified; what was made where left out
        :raises CertificateRefusedError: naming each lot that has not passed, or is stopped
        """
        if not self._is_one_of(QUALITY):
            raise InspectionRightError(
                self.env._("Certificates are issued by: %(departments)s.", departments=self._group_names(QUALITY))
            )
        # sudo: what is certified follows from passed inspections, whatever of production their reader sees
        own = lots.sudo()
        stopped = own.filtered(lambda lot: lot.is_paper and lot.paper_disposition not in ("sale", "pending"))
        if stopped:
            names = dict(stopped._fields["paper_disposition"]._description_selection(self.env))
            raise CertificateRefusedError(
                "\n".join(
                    [
                        self.env._("No certificate of analysis:"),
                        *(f"{lot.name}: {names[lot.paper_disposition]}" for lot in stopped),
                    ]
                ),
                action=self.env["paper.way.out"]._lead_to(stopped),
            )
        parts = own._certificates(weights)
        # sudo: as above; the number is the next one, whoever takes it
        inspections = self.env["qc.inspection"].sudo().union(*(inspection for inspection, _weights in parts))
        company = inspections.company_id[:1]
        content = self._content(parts)
        values = {
            # sudo: see above
            "name": self.env["ir.sequence"].sudo().with_company(company).next_by_code("paper.certificate"),
            "company_id": company.id,
            "partner_id": (inspections[:1]._certificate_partner() or (picking or inspections.picking_id).partner_id[:1]).id,
            "picking_id": picking.id if picking else False,
            "lot_ids": [Command.set(lots.ids)],
            "inspection_ids": [Command.set(inspections.ids)],
            "content": content,
            "digest": self._digest(content),
            "issued_on": fields.Datetime.now(),
            "issued_by_id": self.env.uid,
        }
        certificate = self.sudo()._by_step().create(values)  # sudo: a step of quality, see above
        certificate._attach_print()
        return certificate.with_env(self.env)

    @api.model
    def _content(self, parts):
        """Return what a certificate says: ``{language: [values of each inspection]}``."""
        languages = parts[0][0]._certificate_languages()
        return {
            code: [
                {
                    **{
                        name: value
                        for name, value in inspection.with_context(lang=code)._certificate_values(weights).items()
                        if name != "company"
                    },
                }
                for inspection, weights in parts
            ]
            for code in languages
        }

    @api.model
    def _digest(self, content):
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def _is_intact(self):
        """Say whether the certificate says what it said when it was issued."""
        self.ensure_one()
        return self._digest(self.content) == self.digest

    def _attach_print(self):
        """Print the certificate with the address of its public page, which is known now only, and keep the print."""
        self.ensure_one()
        token = self._link_issue("verify")
        address = f"{self.get_base_url()}/paper/certificate/{token}"
        report = self.env["ir.actions.report"].with_context(paper_certificate_address=address)
        pdf, kind = report._render_qweb_pdf("paper_quality.report_issued_certificate", self.ids)
        self.env["ir.attachment"].create(
            {
                "name": f"{self.name.replace('/', '-')}.{kind}",
                "raw": pdf,
                "res_model": self._name,
                "res_id": self.id,
                "mimetype": "application/pdf" if kind == "pdf" else "text/html",
            }
        )

    def _issued_day(self, language):
        """Return the day of issue as a language writes it."""
        return self.company_id._paper_date(self.issued_on, language)

    def action_open_print(self):
        """Open the certificate as it was printed when it was issued."""
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever reads the certificate reads its print
        found = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)], order="id", limit=1
        )
        if not found:
            raise CertificateRefusedError(self.env._("%(name)s has no print.", name=self.name))
        return {"type": "ir.actions.act_url", "url": f"/web/content/{found.id}?download=true", "target": "new"}

    def action_revoke(self, reason=None):
        """Revoke the certificate: its public page says so from now on; quality."""
        self._check_step("revoked")
        if not said(reason):
            return self._ask_reason("action_revoke")
        return self._take_step(
            "revoked", revoke_reason=said(reason), revoked_on=fields.Datetime.now(), revoked_by_id=self.env.uid
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise CertificateSealedError(self.env._("An issued certificate is kept; revoke it if it does not hold."))
