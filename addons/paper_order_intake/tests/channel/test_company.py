from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SHEET, IntakeCommon


@tagged("post_install", "-at_install")
class TestCompany(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Second Mill"})
        cls.stranger = cls._create_user(
            "t_stranger",
            "paper_base.group_sales",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def test_new_company_has_channels(self):
        """R3.1.1: each company of the group takes orders by every channel."""
        channels = self.env["paper.intake.channel"].search([("company_id", "=", self.other_company.id)])
        kinds = [value for value, _name in channels._fields["kind"].selection]
        self.assertEqual(sorted(channels.mapped("kind")), sorted(kinds))

    def test_own_companies_only(self):
        """R2: a salesperson of another company sees neither arrivals nor uploads."""
        upload = self._upload(self._book(SHEET))
        for record in (upload, upload.arrival_ids, self.channel):
            self.assertFalse(self.env[record._name].with_user(self.stranger).search([("id", "in", record.ids)]))
            with self.assertRaises(AccessError):
                record.with_user(self.stranger).read(["company_id"])

    def test_words_in_the_quick_entry(self):
        """R2: the quick entry shows nobody the words of another company's arrival, not even before it is saved."""
        arrival = self._create_arrival(raw="confidential")
        spec = {"message_id": {}, "arrived_words": {}, "arrived_file_ids": {}}
        entries = self.env["paper.quick.order"]
        shown = entries.with_user(self.seller).onchange({"message_id": arrival.id}, ["message_id"], spec)
        self.assertEqual(shown["value"]["arrived_words"], "confidential")
        with self.assertRaises(AccessError):
            entries.with_user(self.stranger).onchange({"message_id": arrival.id}, ["message_id"], spec)

    def test_order_of_the_channels_company(self):
        """R3.1.1: an order book of the second mill makes orders of the second mill."""
        channel = self.env["paper.intake.channel"].search(
            [("company_id", "=", self.other_company.id), ("kind", "=", "order_book")]
        )
        upload = self._upload(
            self._book(SHEET), user=self.stranger, channel_id=channel.id, product_id=self.paper.id
        )
        order = upload.arrival_ids.order_id
        self.assertEqual(order.company_id, self.other_company)
        self.assertEqual(order.order_line.paper_spec_id.company_id, self.other_company)

    def test_foreign_product(self):
        """R3.1.1: a product of another company is refused."""
        self.paper.company_id = self.env.company
        channel = self.env["paper.intake.channel"].search(
            [("company_id", "=", self.other_company.id), ("kind", "=", "order_book")]
        )
        with self.assertRaises(UserError):
            self._create_upload(self._book(SHEET), user=self.stranger, channel_id=channel.id, product_id=self.paper.id)
