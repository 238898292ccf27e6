from unittest.mock import patch

from odoo.tests import Form, tagged

from ..common import TABLE, IntakeCommon
from ..feed.feed_common import FeedCommon
from ..lists import csv_of
from .purchase_order_common import EIGHT, HEADER, PurchaseOrderCommon


@tagged("post_install", "-at_install")
class TestPurchaseOrder(PurchaseOrderCommon, IntakeCommon):
    """A purchase order of several items is one order, by whichever channel it comes."""

    def test_by_upload(self):
        """R3.1.1: a list of eight rows under one number is one order of eight items, each row known to its item."""
        upload = self._upload(self._list(*EIGHT), "po.csv")
        order = self._is_one_order(upload.arrival_ids)
        self.assertEqual((upload.row_count, upload.order_count, upload.ordered_count), (8, 1, 8))
        self.assertIn("lines 2 to 9", order.origin)
        self.assertEqual(order.order_line[3].paper_spec_id.width, 730)
        again = self._upload(self._list(*EIGHT), "po.csv", user=self.colleague)
        self.assertEqual((again.duplicate_count, len(order.order_line)), (8, 8))

    def test_by_workbook(self):
        """R3.1.1: a workbook makes the same order as text does; numbers of their own stay orders of their own."""
        rows = [["PO-8", 700 + place, 0, 1200, 0.1, 900, 1000, 76, 80, 100] for place in range(3)]
        upload = self._upload(self._workbook(*rows, ["PO-9", 700, 0, 900, 0.1, 900, 1000, 76, 80, 100]), "po.xlsx")
        self.assertEqual(
            {order.client_order_ref: len(order.order_line) for order in upload.arrival_ids.order_id}, {"PO-8": 3, "PO-9": 1}
        )

    def test_columns_that_were_not_read(self):
        """R3.1.1: what stands in columns that mean nothing here is told at list, row and order; an empty one is not."""
        rows = [["PO-8", str(700 + place), "1000", "900", "80", "Mr Li" * (place == 1), ""] for place in range(2)]
        header = [*HEADER[:3], "weight (kg)", *HEADER[4:], "Machine  minder", "Inspector"]
        upload = self._upload(csv_of([header, *rows]).encode(), "po.csv")
        self.assertEqual(upload.unread_columns, "Machine minder")
        self.assertEqual(set(upload.arrival_ids.mapped("unread_columns")), {"Machine minder"})
        self.assertEqual(upload.arrival_ids.order_id.paper_unread_columns, "Machine minder")
        plain = self._upload(self._list(*[["PO-7", *row[1:]] for row in EIGHT]), "plain.csv")
        self.assertFalse(plain.unread_columns or plain.arrival_ids.order_id.paper_unread_columns)

    def test_a_row_that_cannot_be_read(self):
        """R3.1.1, R3.2.1: seven rows are one order that waits for the eighth; mended, it is its next item in its place."""
        rows = [*EIGHT[:3], ["PO-8", "73O", "1000", "1003", "80"], *EIGHT[4:]]
        arrivals = self._upload(self._list(*rows), "po.csv").arrival_ids
        bad = arrivals.filtered(lambda row: row.state == "rejected")
        self.assertEqual(len(bad), 1)
        order = self._is_one_order(arrivals - bad, 7)
        self.assertIn("open_rows", self._blocker_codes(order))
        [blocker] = [item for item in order._get_blockers("evaluate")[order] if item["code"] == "open_rows"]
        self.assertIn("73O", blocker["message"])
        self.assertEqual(blocker["action"]["res_id"], bad.id)
        with Form(bad.with_user(self.seller)) as form:
            # What could be read of it is there.
            self.assertEqual((form.length, form.weight, form.basis_weight), (1000, 1003, 80))
            form.width = 730
        bad.with_user(self.seller).action_process()
        self.assertEqual((bad.state, bad.order_id), ("order", order))
        self._is_one_order(arrivals, 8)
        self.assertEqual(order.order_line.sorted("sequence")[3], bad.order_line_id)
        self.assertNotIn("open_rows", self._blocker_codes(order))

    def test_a_row_that_is_mended_by_half(self):
        """R3.2.1: of an unreadable row it is said what still is wrong or missing, not what was mended since."""
        [bad] = self._upload(self._list(["PO-7", "73O", "1000", "x", "80"]), "po.csv").arrival_ids.with_user(self.seller)
        bad.width = 730
        bad.action_process()
        self.assertEqual((bad.state, [code for code, _params in bad.problems]), ("rejected", ["not_a_number"]))
        self.assertNotIn("73O", bad.reason)
        bad.weight = 900
        bad.action_process()
        self.assertEqual(bad.state, "order")

    def test_a_row_that_only_repeats_another(self):
        """R3.2.1: a row that says what another one says waits for somebody; the order of the first need not."""
        upload = self._upload(self._list(*EIGHT[:2], EIGHT[0]), "po.csv")
        self.assertEqual(upload.arrival_ids.sorted("line_no").mapped("state"), ["order", "order", "question"])
        self.assertNotIn("open_rows", self._blocker_codes(upload.arrival_ids.order_id))

    def test_a_row_that_nobody_wants(self):
        """R3.2.1: an open row that turns out to be none holds the order no longer."""
        upload = self._upload(self._list(*EIGHT[:2], ["PO-8", "x", "1000", "1", "80"]), "po.csv")
        order = upload.arrival_ids.order_id
        self.assertIn("open_rows", self._blocker_codes(order))
        upload.arrival_ids.filtered(lambda row: row.state == "rejected").with_user(self.seller).action_no_order()
        self.assertNotIn("open_rows", self._blocker_codes(order))

    def test_a_row_without_number(self):
        """R3.2.1: a row whose number cannot be read holds the one order of its list, and of several lists' orders none."""
        bad = ["", "700", "1000", "1", "80"]
        one = self._upload(self._list(*EIGHT[:2], bad), "po.csv").arrival_ids
        self.assertIn("open_rows", self._blocker_codes(one.order_id))
        two = self._upload(
            self._list(["A", "701", "1000", "900", "80"], ["B", "702", "1000", "900", "80"], bad[:4] + ["81"]), "b.csv"
        )
        for order in two.arrival_ids.order_id:
            self.assertNotIn("open_rows", self._blocker_codes(order))
        stray = two.arrival_ids.filtered(lambda row: row.state == "rejected").with_user(self.seller)
        stray.write({"number": "B", "width": 700, "length": 1000, "weight": 1, "basis_weight": 81})
        stray.action_process()
        self.assertEqual((stray.order_id.client_order_ref, len(stray.order_id.order_line)), ("B", 2))

    def test_rows_of_two_customers(self):
        """R3.1.2: rows of one number for two customers are two orders, and each says that there is the other."""
        other = self.env["res.partner"].create({"name": "Branch", "email": "b@branch.example.com", "street": "2 Road"})
        product, self.channel.product_id = self.channel.product_id, False
        upload = self._upload(self._list(*EIGHT[:3]), "po.csv", product_id=False)
        self.assertFalse(upload.arrival_ids.order_id)
        rows = upload.arrival_ids.with_user(self.seller)
        rows.product_id = product
        rows[2].partner_id = other
        rows.action_process()
        first, second = rows[0].order_id, rows[2].order_id
        self.assertEqual((len(first.order_line), len(second.order_line), second.partner_id), (2, 1, other))
        self.assertEqual(rows[1].order_id, first)
        for order, named in ((first, second), (second, first)):
            self.assertTrue(order.message_ids.filtered(lambda message, named=named: named.name in message.body))

    def test_the_same_number_again(self):
        """R3.2.1: the number with other content is an item in the same list, a question in another one."""
        rows = [EIGHT[0], EIGHT[0][:3] + ["1500", "80"]]
        order = self._upload(self._list(*rows), "po.csv").arrival_ids.order_id
        self.assertEqual(order.order_line.mapped("paper_weight_kg"), [1000, 1500])
        later = self._upload(self._list(EIGHT[5]), "more.csv").arrival_ids
        self.assertEqual((later.state, later.order_id), ("question", self.env["sale.order"]))
        self.assertIn(order.name, later.reason)
        self.assertNotIn("open_rows", self._blocker_codes(order))

    def test_an_empty_row_in_the_middle(self):
        """R3.1.1: an empty row in the middle of a list ends nothing and is no item."""
        rows = [["PO-8", 700 + place, 1000, 1200, 0.1, 0, 0, 0, 80, 100] for place in range(3)]
        upload = self._upload(self._workbook(rows[0], [None] * len(TABLE), *rows[1:]), "po.xlsx")
        self._is_one_order(upload.arrival_ids, 3)
        upload = self._upload(self._list(["PO-8b", *EIGHT[0][1:]], [""] * 5, ["PO-8b", *EIGHT[1][1:]]), "po.csv")
        self.assertEqual(len(upload.arrival_ids.order_id.order_line), 2)

    def test_five_hundred_rows(self):
        """R3.1.1: a list of 500 rows, read in several batches, is one order of 500 items."""
        rows = [["PO-8", str(500 + place), "1000", "100", "80"] for place in range(500)]
        upload = self._upload(self._list(*rows), "long.csv")
        self.env["paper.intake.message"]._cron_read()  # what would have kept its uploader waiting
        self._is_one_order(upload.arrival_ids, 500)

    def test_an_order_that_takes_no_more(self):
        """R3.1.2: a row that is mended when its order is agreed or given up is an order of its own, and both say so."""
        upload = self._upload(self._list(*EIGHT[:2], ["PO-8", "x", "1000", "1", "80"]), "po.csv")
        rows = upload.arrival_ids.sorted("line_no").with_user(self.seller)
        order = rows[0].order_id
        order.sudo()._action_cancel()
        rows[2].write({"width": 705, "length": 1000, "weight": 10, "basis_weight": 80})
        rows[2].action_process()
        self.assertEqual(rows[2].state, "order")
        self.assertNotEqual(rows[2].order_id, order)
        self.assertEqual(len(order.order_line), 2)
        self.assertTrue(order.message_ids.filtered(lambda message: rows[2].order_id.name in message.body))

    def test_an_item_that_cannot_be_made(self):
        """R3.1.2: an item that fails stays with its reason; the others are one order, which waits for it."""
        prepare = type(self.env["paper.intake.message"])._prepare_line_values

        def failing(message, spec):
            if message.width == 720:
                raise ValueError("no such thing")
            return prepare(message, spec)

        with patch.object(type(self.env["paper.intake.message"]), "_prepare_line_values", failing):
            arrivals = self._upload(self._list(*EIGHT), "po.csv").arrival_ids
        stayed = arrivals.filtered(lambda row: row.state != "order")
        self.assertEqual(stayed.mapped("width"), [720])
        order = self._is_one_order(arrivals - stayed, 7)
        self.assertIn("open_rows", self._blocker_codes(order))
        stayed.with_user(self.seller).action_process()
        self._is_one_order(arrivals, 8)

    def test_rows_that_are_still_read(self):
        """R3.1.2: as long as rows of its list are read in the background, an order is not submitted."""
        rows = self._upload(self._list(*EIGHT[:3]), "po.csv").arrival_ids
        rows[2]._by_step().sudo().write({"pending": True, "state": "received", "order_id": False})
        self.assertIn("open_rows", self._blocker_codes(rows[0].order_id))


@tagged("post_install", "-at_install")
class TestOrderOfAFeed(FeedCommon):
    """Orders of several items as marketplaces send them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = {"id": "MP-8", "number": "PO-8", "basis_weight_gsm": 80, "delivery_date": "2031-05-06"}
        cls.lines = [{"width_mm": 700 + place, "length_mm": 1000, "weight_kg": 1000.1 + place} for place in range(8)]

    def _answer(self, *orders):
        return self._post({"orders": orders}).json()["orders"][0]

    def test_eight_items(self):
        """R3.1.1: an order of eight items is one order; the sender is told of each item, and twice the same."""
        lines = [{**self.lines[0], "delivery_date": "2031-06-07"}, *self.lines[1:]]
        answer = self._answer({**self.head, "lines": lines})
        order = self.env["sale.order"].search([("name", "=", answer["order"])])
        self.assertEqual((answer["state"], len(answer["lines"]), len(order.order_line)), ("order", 8, 8))
        self.assertEqual([f"{weight:.1f}" for weight in order.order_line.mapped("paper_weight_kg")][:2], ["1000.1", "1001.1"])
        dates = order.order_line.mapped(lambda line: line._paper_delivery_date().date().isoformat())
        self.assertEqual(dates, ["2031-06-07", *["2031-05-06"] * 7])
        self.assertEqual(self._answer({**self.head, "lines": lines}), answer)
        self.assertEqual(len(order.order_line), 8)

    def test_heads_that_are_written_differently(self):
        """R3.1.1: an item that repeats its order's number, customer and currency in another notation is an item of it."""
        self.customer.ref = "C-77"
        line = {**self.lines[0], "number": 88, "customer": "C-77", "currency": self.env.company.currency_id.name.lower()}
        head = {"number": "88", "customer": {"ref": "C-77"}, "currency": self.env.company.currency_id.name}
        answer = self._answer({**self.head, **head, "lines": [line, self.lines[1]]})
        self.assertEqual(answer["state"], "order", answer)
        answer = self._answer({**self.head, **head, "id": "MP-9", "lines": [{**line, "number": 89}]})
        self.assertEqual(answer["state"], "rejected")

    def test_two_places_and_packings(self):
        """R3.1.1: items to two of the customer's addresses are one order; a place that is not his waits for a person."""
        depot = self.env["res.partner"].create({"name": "Depot", "ref": "D-7", "parent_id": self.customer.id, "type": "other"})
        lines = [{**self.lines[0], "delivery_place": "D-7", "packing": "on pallets"}, self.lines[1]]
        order = self.env["sale.order"].search([("name", "=", self._answer({**self.head, "lines": lines})["order"])])
        self.assertEqual(order.order_line[0]._paper_delivery_place(), depot)
        self.assertNotEqual(order.order_line[1]._paper_delivery_place(), depot)
        self.assertEqual(order.order_line[0].paper_spec_id.packing, "on pallets")
        self.env["res.partner"].create({"name": "Somebody", "ref": "D-8"})
        answer = self._answer({**self.head, "id": "MP-7", "number": "PO-7", "delivery_place": "D-8", **self.lines[0]})
        self.assertEqual((answer["state"], answer["order"]), ("received", None))
        self.assertIn("D-8", answer["reason"])

    def test_entries_of_one_number(self):
        """R3.1.1: entries of one call under one number are one order as well."""
        entries = [{**self.head, **line, "id": f"MP-{place}"} for place, line in enumerate(self.lines)]
        answers = self._post({"orders": entries}).json()["orders"]
        self.assertEqual(len({answer["order"] for answer in answers}), 1)

    def test_one_bad_item(self):
        """R3.2.1: one item that is wrong leaves one order of seven, which waits for it."""
        answer = self._answer({**self.head, "lines": [*self.lines[:7], {**self.lines[7], "weight_kg": -5}]})
        self.assertEqual(answer["state"], "rejected")
        self.assertIn("-5", answer["reason"])
        order = self.env["sale.order"].search([("name", "=", answer["order"])])
        self.assertEqual(len(order.order_line), 7)
        self.assertIn("open_rows", self._blocker_codes(order))

    def test_what_is_no_list_of_items(self):
        """R3.1.1: items that are none, or name another customer, number or currency than their order, wait for a person."""
        for number, lines in enumerate(([], "x", [1], [{**self.lines[0], "number": "other"}], [{"customer": {"ref": "z"}}])):
            answer = self._answer({**self.head, "id": f"bad-{number}", "lines": lines})
            self.assertEqual((answer["state"], answer["order"]), ("rejected", None), lines)
            self.assertTrue(answer["reason"])

    def test_currency(self):
        """R3.1.1: an order in a currency waits until the mill has a price list of it; then it is made in it."""
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["product.pricelist"].search([("currency_id", "=", usd.id)]).active = False
        order = {**self.head, "currency": "usd", "lines": self.lines[:2]}
        if self.env.company.currency_id == usd:
            usd = self.env.ref("base.EUR")
            usd.active = True
            order["currency"] = "eur"
        answer = self._answer(order)
        self.assertEqual((answer["state"], answer["order"]), ("received", None))
        self.assertIn(usd.name, answer["reason"])
        pricelist = self.env["product.pricelist"].create({"name": "Export", "currency_id": usd.id})
        rows = self.env["paper.intake.message"].search([("channel_id", "=", self.market.id), ("line_no", ">", 0)])
        rows.with_user(self.seller).action_process()
        self.assertEqual((len(rows.order_id), rows.order_id.currency_id, rows.order_id.pricelist_id), (1, usd, pricelist))
        strange = self._answer({**self.head, "id": "MP-9", "number": "PO-9", "currency": "XBT", **self.lines[0]})
        self.assertIn("XBT", strange["reason"])
