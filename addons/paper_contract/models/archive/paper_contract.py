import io

from odoo import api, fields, models
from odoo.tools.pdf import OdooPdfFileWriter, PdfFileReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from ...exceptions import (
    ContractImmutableError,
)
from ...triggers import set_trigger

SECTION_REPORT = "paper_contract.action_report_contract_case"


class PaperContract(models.Model):
    """The archive of a contract: its documents, whether they still are as they were recorded, its case as one PDF (R4.1.3)."""

    _inherit = "paper.contract"

    document_ids = fields.One2many(
        "paper.contract.document", "contract_id", string="Archive", groups="base.group_user", by_steps=True
    )

    def action_export_case(self):
        """Download the whole case of the contract as one PDF with a table of contents (R4.1.3)."""
        self.ensure_one()
        self._check_act("export_case")
        return self._export_case()

    def _export_case(self):
        self.check_access("read")
        attachment = self._case_attachment()
        return {"type": "ir.actions.act_url", "url": f"/web/content/{attachment.id}?download=1", "target": "self"}

    def _case_attachment(self):
        """Make the PDF of the case and return it as an attachment of the user's own, which is cleaned up later."""
        wizard = self.env["paper.contract.case.export"].create({"contract_id": self.id})
        return self.env["ir.attachment"].create(
            {
                "name": f"{self.name}-case.pdf",
                "raw": self._case_pdf(),
                "mimetype": "application/pdf",
                "res_model": wizard._name,
                "res_id": wizard.id,
            }
        )

    def _case_pdf(self):
        """Return the case as the bytes of one PDF: contents with page numbers, every archived paper, versions and their
        differences, legal reviews, signatures, copies. The papers are attached as they are,
        too: merged pages cannot carry a certificate's signature.
        """
        self.ensure_one()
        # sudo: the case holds the records of all departments
        contract = self.sudo().with_context(lang=self.env.lang, bin_size=False)
        parts = [(title, self._case_pages(raw)) for title, raw in contract._case_parts()]
        contents = []
        for _attempt in range(2):  # how long the contents are is known once they are printed
            first, rows = len(contents) + 1, []
            for title, pages in parts:
                rows.append({"title": title, "page": first, "count": len(pages)})
                first += len(pages)
            printed = self._case_pages(contract._case_section("contents", {"rows": rows, "total": first - 1}))
            if len(printed) == len(contents):
                break
            contents = printed
        contents = printed
        return contract._case_merge(contents, parts, contract.document_ids)

    def _case_parts(self):
        """Return the parts of the case with their titles, as ``[(title, bytes of a PDF)]``. Override to add."""
        papers = [
            (document.name, document.attachment_id.raw)
            for document in self.document_ids.sorted(lambda rec: (rec.kind != "signed", rec.id))
            if document.attachment_id.mimetype == "application/pdf"
        ]
        return papers + [(title, self._case_section(section, {})) for section, title in self._case_sections().items()]

    def _case_sections(self):
        """Return the titles of the sections of the case, by the name under which its template prints them. Override to add."""
        _ = self.env._
        return {
            "versions": _("Versions and their differences"),
            "reviews": _("Legal review"),
            "signatures": _("Signatures"),
            "copies": _("Copies of the departments"),
            "archive": _("Archived papers"),
        }

    def _case_section(self, section, values):
        """Print one section of the case and return the bytes of its PDF."""
        report = self.env["ir.actions.report"].sudo()  # sudo: the print is the same for whoever may read the contract
        data = {"section": section, **values}
        pdf, _type = report._render_qweb_pdf(SECTION_REPORT, self.ids, data=data)
        return pdf

    @api.model
    def _case_pages(self, raw):
        """Return the pages of a PDF; one page that says so for a paper that cannot be read."""
        try:
            return list(PdfFileReader(io.BytesIO(raw), strict=False).pages)
        except Exception:  # noqa: BLE001 - a damaged paper must not hide the rest of the case
            buffer = io.BytesIO()
            page = canvas.Canvas(buffer, pagesize=A4)
            page.drawString(72, 760, "This file is no readable PDF; see the attached original.")
            page.save()
            return list(PdfFileReader(io.BytesIO(buffer.getvalue())).pages)

    def _case_merge(self, contents, parts, documents):
        writer = OdooPdfFileWriter()
        total = len(contents) + sum(len(pages) for _title, pages in parts)
        number = 0
        for title, pages in [(self.env._("Contents"), contents), *parts]:
            start = number
            for page in pages:
                number += 1
                page.merge_page(self._case_stamp(page, f"{self.name}   {number} / {total}"))
                writer.add_page(page)
            if pages:
                writer.add_outline_item(title, start)
        for document in documents:
            writer.addAttachment(document.name, document.attachment_id.raw or b"")
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    @api.model
    def _case_stamp(self, page, text):
        """Return a page of the same size that holds nothing but ``text`` in its lower right corner."""
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        buffer = io.BytesIO()
        sheet = canvas.Canvas(buffer, pagesize=(width, height))
        sheet.setFont("Helvetica", 8)
        sheet.drawRightString(width - 28, 16, text.encode("ascii", "replace").decode())
        sheet.save()
        return PdfFileReader(io.BytesIO(buffer.getvalue())).pages[0]

    # What the sections show

    def _case_versions(self):
        """Return the versions of the text, each with what changed in it against the one before.

        :return: ``[{"name", "date", "by", "changes": [(heading, old, new)]}]``, oldest first
        """
        rows, before = [], None
        for version in self.version_ids.sorted("number"):
            texts = {clause["name"]: clause["text"] for clause in version.content["clauses"]} | version.content["facts"]
            changes = []
            if before is not None:
                names = dict.fromkeys([*before, *texts])
                changes = [
                    (name, before.get(name, ""), texts.get(name, ""))
                    for name in names
                    if before.get(name) != texts.get(name)
                ]
            by, date = version.create_uid.name, version.create_date
            rows.append({"name": version.display_name, "date": date, "by": by, "changes": changes})
            before = texts
        return rows

    # Integrity

    def _integrity_errors(self):
        """Return a sentence for each archived document whose bytes are not those that were recorded."""
        errors = []
        for document in self.sudo().document_ids:  # sudo: the check is the same whoever asks for it
            if not document.intact:
                errors.append(
                    self.env._(
                        "%(contract)s: %(file)s does not have the SHA-256 that was recorded.",
                        contract=document.contract_id.name,
                        file=document.name,
                    )
                )
        return errors

    def _check_issued_intact(self):
        self.ensure_one()
        if not self.issued_id.intact:
            raise ContractImmutableError("\n".join(self._integrity_errors()))

    def action_check_integrity(self):
        """Compare the archived documents with their recorded hashes and say the result."""
        self._check_act("check_integrity")
        errors = self._integrity_errors()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if errors else "success",
                "sticky": bool(errors),
                "message": "\n".join(errors) or self.env._("All archived documents are as they were recorded."),
            },
        }

    def init(self):
        result = super().init()
        columns = self._settled_columns()
        set_trigger(self, "UPDATE OR DELETE", "paper_contract_refuse", "OLD.in_force_on IS NOT NULL", columns)
        return result
