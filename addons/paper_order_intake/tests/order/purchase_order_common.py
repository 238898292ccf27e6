from ..lists import csv_of

HEADER = ["order no", "width", "length", "weight", "basis weight"]
EIGHT = [["PO-8", str(700 + 10 * place), "1000", str(1000 + place), "80"] for place in range(8)]


class PurchaseOrderCommon:
    """What the tests of an order of eight items share, by whichever channel it comes."""

    def _list(self, *rows):
        return csv_of([HEADER, *rows]).encode()

    def _is_one_order(self, arrivals, count=8):
        order = arrivals.order_id
        self.assertEqual(len(order), 1)
        self.assertEqual(order.client_order_ref, "PO-8")
        self.assertEqual(len(order.order_line), count)
        self.assertEqual(order.order_line, arrivals.sorted("line_no").order_line_id)
        self.assertEqual(order.order_line.mapped("paper_weight_kg"), arrivals.sorted("line_no").mapped("weight"))
        return order
