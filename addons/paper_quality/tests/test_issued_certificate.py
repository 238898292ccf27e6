from odoo.addons.paper_quality.exceptions import CertificateRefusedError, CertificateSealedError, InspectionRightError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import HttpCase, tagged

MOISTURE = {"name": "Moisture", "unit": "%", "minimum": 4, "has_minimum": True, "maximum": 7, "has_maximum": True}


@tagged("post_install", "-at_install")
class TestIssuedCertificate(PaperQualityCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracked = cls.create_paper("Tracked paper", tracking="lot")
        cls.production = cls.create_production(cls.create_spec([MOISTURE]), product=cls.tracked)
        cls.lot = cls.entered(cls.production)

    def issue(self):
        action = self.lot.with_user(self.inspector).action_issue_certificate()
        return self.env["paper.certificate"].with_user(self.inspector).browse(action["res_id"])

    def test_issued_once_and_sealed(self):
        """R6.1.1: a certificate says what was found in both languages, and is never changed; its digest tells."""
        certificate = self.issue()
        self.assertEqual(set(certificate.content), {"zh_CN", "en_US"})
        row = next(row for row in certificate.content["en_US"][0]["rows"] if row["property"] == "Moisture")
        self.assertEqual((row["verdict"], row["unit"]), ("Pass", "%"))
        self.assertEqual(certificate.issued_by_id, self.inspector)
        self.assertTrue(certificate._is_intact())
        for change in (
            lambda: certificate.write({"content": {}}),
            lambda: certificate.write({"state": "revoked"}),
            lambda: certificate.sudo().unlink(),
        ):
            with self.assertRaises(CertificateSealedError), self.env.cr.savepoint():
                change()

    def test_refused_with_what_is_missing(self):
        """R6.1.1: no certificate of rolls that are held or did not pass, each named; nor by another department."""
        other = self.env["stock.lot"].create({"name": "UNSEEN-1", "product_id": self.tracked.id})
        with self.assertRaisesRegex(CertificateRefusedError, "UNSEEN-1"):
            (self.lot | other).with_user(self.inspector).action_issue_certificate()
        with self.assertRaises(InspectionRightError):
            self.lot.with_user(self.seller).action_issue_certificate()
        self.lot.with_user(self.inspector).action_hold("Streaks")
        with self.assertRaisesRegex(CertificateRefusedError, self.lot.name):
            self.issue()

    def test_public_page(self):
        """R6.1.1: the public page says valid or revoked, and no more."""
        certificate = self.issue()
        token = certificate.sudo()._link_issue("verify")
        page = self.url_open(f"/paper/certificate/{token}").text
        self.assertIn("alert-success", page)
        for told in (self.lot.name, self.tracked.name, certificate.digest, self.inspector.name):
            self.assertNotIn(told, page)
        certificate.action_revoke("Moisture was read wrongly")
        self.env.flush_all()
        self.assertIn("alert-danger", self.url_open(f"/paper/certificate/{token}").text)
        self.assertIn("alert-warning", self.url_open(f"/paper/certificate/{'x' * 43}").text)
