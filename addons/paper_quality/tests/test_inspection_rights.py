from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestInspectionRights(PaperQualityCommon):
    def test_others_read(self):
        """R4.2.2: every department reads inspections, only quality works on them."""
        inspection = self.create_production(self.create_spec()).inspection_ids
        for user in (self.seller, self.worker):
            own = inspection.with_user(user)
            self.assertEqual(own.read(["state", "kind"])[0]["kind"], "final")
            self.assertTrue(own.inspection_lines.read(["name", "success"]))
            for step in (own.action_confirm, own.action_approve, own.action_cancel, own.action_make_nonconformity):
                with self.assertRaises(AccessError):
                    step()
            with self.assertRaises(AccessError):
                own.inspection_lines[:1].write({"quantitative_value": 1})

    def test_other_company(self):
        """R5.3.2: the inspections of another company are neither seen nor used."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        inspection = self.create_production(self.create_spec()).inspection_ids
        self.inspector.write({"company_ids": [(4, company.id)], "company_id": company.id})
        own = self.env["qc.inspection"].with_user(self.inspector).with_company(company)
        own = own.with_context(allowed_company_ids=company.ids)
        self.assertNotIn(inspection, own.search([]))
        with self.assertRaises(AccessError):
            own.browse(inspection.id).read(["state"])

    def test_second_company_makes_its_own(self):
        """R6.1.1: an order of another company gets its inspection there."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        production = self.env["mrp.production"].with_company(company).create(
            {
                "product_id": self.paper.id,
                "product_qty": 10,
                "product_uom_id": self.kg.id,
                "picking_type_id": warehouse.manu_type_id.id,
                "company_id": company.id,
            }
        )
        production.action_confirm()
        self.assertEqual(production.inspection_ids.company_id, company)
