"""One box for every number that people have in their hands, on the demo mill: typed or scanned, its record opens."""

from odoo.addons.paper_base.tests.browser import CountedClicks
from odoo.tests import HttpCase, tagged

BOX = ".o_paper_search_box"
FIELD = ".o_command_palette_search input"
DESK = ".o_paper_desk .o_paper_tasks, .o_paper_desk .o_paper_desk_empty"
OPEN = ".o_form_view .o_form_sheet"


@tagged("post_install", "-at_install")
class TestSearchByScan(CountedClicks, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env["sale.order"].search([("client_order_ref", "=", "PO-2611")])
        cls.picking = cls.order.picking_ids.filtered("paper_receipt_ids")[:1]
        cls.roll = cls.picking.move_line_ids.lot_id[:1]
        cls.notice = cls.order.paper_notice_ids.filtered("licence_plate")[:1]
        # Its vehicle and driver have no other delivery.
        cls.notice.sudo()._by_step().write({"licence_plate": "苏E·77A08", "driver_phone": "+86 139 0512 7708"})
        cls.env.flush_all()

    def test_what_is_scanned_opens(self):
        """R4.2.2 (a scan opens the record): on the desk, the numbers of a roll, of the customer's order, of a contract and of
        a delivery note that a reader scans open their records."""
        contract = self.order.contract_ids.filtered(lambda rec: rec.state == "in_force")[:1]
        found = [
            (self.roll, self.roll.name),
            (self.order, self.order.client_order_ref),
            (contract, contract.name),
            (self.picking, self.picking.name),
        ]
        titles = {record: self._title(record) for record, _number in found}
        with self.person() as person:
            person.enters("sales", "/odoo/paper-desk")
            for record, number in found:
                with self.subTest(model=record._name):
                    self.assertTrue(record)
                    person.goes("/odoo/paper-desk")
                    self.assertTrue(person.sees(DESK))
                    person.scans(number)
                    self._stands(person, titles[record])
                    self.assertClicks(person, 0)

    def test_what_is_scanned_into_the_search_of_a_list_opens(self):
        """R4.2.2: in a list the search field has the focus; a scan opens its record all the same, and searches no list."""
        number, title = self.order.client_order_ref, self._title(self.order)
        with self.person() as person:
            person.enters("sales", "/odoo/paper-desk")
            person.goes("/odoo/action-paper_base.action_paper_orders?view_type=list")
            person.clicks_on(".o_searchview_input")
            person.scans(number, blur=False)
            self._stands(person, title)

    def test_what_is_typed_opens(self):
        """R4.2.2: the end of a plate and a telephone number, written as people write them, are found in the one box and open
        with Enter."""
        name, title = self.notice.name, self._title(self.notice)
        with self.person() as person:
            person.enters("logistics", "/odoo/paper-desk")
            for text in ("77a08", "139-0512-7708"):
                with self.subTest(text=text):
                    person.goes("/odoo/paper-desk")
                    self.assertTrue(person.sees(DESK))  # an action that loads closes what stands over the page
                    person.clicks_on(BOX)
                    self.assertTrue(person.sees(FIELD))
                    person.types(text)
                    self.assertTrue(person.sees(".o_paper_found", name))
                    person.presses("Enter")
                    self._stands(person, title)
                    self.assertClicks(person, 1)

    def _title(self, record):
        return record.display_name.split("\n")[0]

    def _stands(self, person, title):
        """The form of a record is on the screen."""
        self.assertTrue(person.sees(OPEN), "no form opened")
        self.assertTrue(person.sees(".o_breadcrumb", title), f"{title} did not open")
