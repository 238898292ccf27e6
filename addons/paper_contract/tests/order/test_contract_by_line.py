from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import ContractCommon

DATES = ("2026-12-20 08:00:00", "2027-01-10 08:00:00", "2027-02-01 08:00:00")


@tagged("post_install", "-at_install")
class TestContractByLine(ContractCommon):
    """The contract of an order of eight lines, three dates and two places."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.partner"].create(
            {"name": "Tianjin Plant", "type": "other", "parent_id": cls.customer.id, "street": "3 Port Road", "city": "Tianjin"}
        )

    def build(self, state="draft"):
        order = self.build_order(lines=8, commitment_date=DATES[0])
        for index, line in enumerate(order.order_line):
            date, there = DATES[index % 3], index in (2, 5)
            line.write({"paper_commitment_date": date if index % 3 else False, "paper_shipping_id": there and self.branch.id})
        order.order_line[7].paper_spec_id.packing = "on pallets"
        return self.build_contract(order, state=state)

    def test_clauses_say_it_by_item(self):
        """R4.1.1: where the lines differ, the clauses and a table say date, place and packing by item."""
        contract = self.build()
        contract.language = "en_US"
        values = contract._fill_values()
        self.assertEqual(
            values["delivery_time"],
            "items 1, 4, 7: 20 December 2026; items 2, 5, 8: 10 January 2027; items 3, 6: 1 February 2027",
        )
        self.assertEqual(
            values["delivery_place"],
            "items 1, 2, 4, 5, 7, 8: 8 Print Street, Beijing; items 3, 6: 3 Port Road, Tianjin",
        )
        rows = contract._delivery_rows()
        self.assertEqual([row[0] for row in rows], ["1, 4, 7", "2, 5", "3, 6", "8"])
        self.assertEqual(rows[-1][3], "on pallets")
        self.assertIn("Tianjin Plant", rows[2][2])

    def test_one_date_and_place_are_said_once(self):
        """R4.1.1: where all lines have the same date and place, the contract says them as it always did, without a table."""
        order = self.build_order(lines=3)
        contract = self.build_contract(order)
        contract.language = "en_US"
        before = contract._fill_values()
        self.assertEqual(before["delivery_time"], "20 December 2026")
        self.assertFalse(contract._delivery_rows())
        terms = contract._order_terms()
        order.order_line.write({"paper_commitment_date": DATES[0], "paper_shipping_id": order.partner_shipping_id.id})
        self.assertEqual(contract._fill_values(), before)
        self.assertEqual(contract._order_terms(), terms)

    def test_a_line_without_a_date_is_a_blank(self):
        """R4.1.1: a line of which nobody says when it comes leaves the delivery time of the contract open."""
        order = self.build_order(lines=2, commitment_date=False)
        order.order_line[0].paper_commitment_date = DATES[1]
        contract = self.build_contract(order, filled=False)
        self.assertEqual(contract._fill_values()["delivery_time"], "____" if contract._none_agreed() else "")
        order.order_line[1].paper_commitment_date = DATES[1]
        self.assertIn("2027", contract._fill_values()["delivery_time"])

    def test_a_change_returns_the_contract(self):
        """R4.2.1: a line that changes its day or place takes a reviewed contract back to draft; one that loses it does, too."""
        contract = self.build("reviewed")
        contract.order_id.order_line[0].paper_commitment_date = DATES[2]
        self.assertEqual(contract.state, "draft")
        contract = self.build("reviewed")
        contract.order_id.order_line[2].paper_shipping_id = False
        self.assertEqual(contract.state, "draft")

    def test_in_force_is_closed(self):
        """R4.1.3: day and place of a line are closed by a contract in force, to the system and to the database."""
        line = self.build("in_force").order_id.order_line[1]
        for vals in ({"paper_commitment_date": DATES[2]}, {"paper_shipping_id": self.branch.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                line.with_user(self.manager).write(vals)
        for statement in ("paper_commitment_date = now()", f"paper_shipping_id = {self.branch.id}"):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(f"UPDATE sale_order_line SET {statement} WHERE id = %s", [line.id])

    def test_supplement_changes_one_line(self):
        """R4.1.3: a supplement changes day and place of one line, says old and new, and leaves the other lines."""
        parent = self.build("in_force")
        order = parent.order_id
        action = parent.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        self.fill_blanks(supplement)
        line = order.order_line[1]
        change = supplement.change_ids.filtered(lambda rec: rec.order_line_id == line)
        change.write({"new_commitment_date": "2027-03-01 08:00:00", "new_shipping_id": self.branch.id})
        texts = supplement._change_texts(lang="en_US")
        self.assertEqual([text[0].split(": ")[-1] for text in texts], ["Delivery time", "Delivery place"])
        self.assertIn("item 2", texts[0][0])
        supplement.action_submit_review()
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.action_send()
        others = {other: other._paper_own_delivery() for other in order.order_line - line}
        self.sign_both(supplement.sudo())
        self.assertEqual(supplement.state, "in_force")
        self.assertEqual(str(line.paper_commitment_date), "2027-03-01 08:00:00")
        self.assertEqual(line.paper_shipping_id, self.branch)
        self.assertEqual({other: other._paper_own_delivery() for other in others}, others)
        self.assertFalse(parent._changed_terms())
        kept = order.paper_promise_ids.filtered(lambda rec: rec.order_line_id == line)
        self.assertEqual(str(kept[-1:].promised), "2027-03-01 08:00:00")

    def test_instalments_end_with_their_line(self):
        """R4.1.1: the last instalment of a line is compared with that line's own date."""
        contract = self.build()
        early, late = contract.order_id.order_line[0], contract.order_id.order_line[1]
        contract.with_user(self.sales).instalment_ids = [
            (0, 0, {"date": "2027-01-09", "order_line_id": line.id, "quantity": 100}) for line in (early, late)
        ]
        faults = [fault for fault in contract._instalment_faults() if "later" in fault]
        self.assertEqual(len(faults), 1)

    def test_warns_of_the_line_before_its_promise(self):
        """R4.1.1: what is agreed for a line is compared with what the mill promised for it, not with the order's last day."""
        contract = self.build()
        order = contract.order_id
        order.order_line._by_step().write({"paper_promised_date": "2026-12-18 08:00:00"})
        last = order.company_id._paper_day(order.order_line[2].paper_promised_date)
        self.patch(self.registry["sale.order"], "_contract_promise_date", lambda rec: last)
        self.assertNotIn("before_promise", contract._find_warnings())
        order.order_line[4]._by_step().paper_promised_date = "2027-01-20 08:00:00"
        self.assertEqual(contract._find_warnings()["before_promise"][1], {"date": "2027-01-10", "promise": "2027-01-20"})
