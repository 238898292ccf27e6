from odoo.tests import tagged

from ..common import BACKWARDS, SHORT, IntakeCommon


@tagged("post_install", "-at_install")
class TestQueryCount(IntakeCommon):
    def _count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _rows(self, start, count):
        return [f"{start + place} 890 860 {2000 + place} 0,2 0 0 0 0" for place in range(count)]

    def _bad_rows(self, start, count):
        rows = [BACKWARDS.replace("4909", str(start + place)) for place in range(count)]
        return rows + [SHORT.replace("4910", str(start + count + place)) for place in range(count)]

    def test_rows_that_are_no_order(self):
        """R3.1.2: storing rows and their questions costs no more queries for 2N rows than for N."""
        books = [self._bad_rows(start, count) for start, count in ((100, 2), (1000, 10), (2000, 20))]
        uploads = [self._create_upload(self._book(*rows)) for rows in books]
        _warm, few, many = [self._count(upload.action_upload) for upload in uploads]
        self.assertLessEqual(many, few)

    def test_rows_that_arrived_before(self):
        """R3.1.2: recognising what arrived before costs no more queries for 2N rows than for N."""
        books = [self._book(*self._rows(start, count)) for start, count in ((100, 2), (1000, 10), (2000, 20))]
        for book in books:
            self._upload(book)
        again = [self._create_upload(book) for book in books]
        _warm, few, many = [self._count(upload.action_upload) for upload in again]
        self.assertLessEqual(many, few)

    def test_orders_cost_no_more_than_plain_ones(self):
        """R3.1.1: each row more costs at most 1.25 times the queries of an order entered with its specification."""
        books = [self._rows(start, count) for start, count in ((100, 2), (1000, 10), (2000, 30))]
        uploads = [self._create_upload(self._book(*rows)) for rows in books]
        _warm, few, many = [self._count(upload.action_upload) for upload in uploads]
        ours = (many - few) / 20
        _warm, few, many = [self._count(self._paper_orders(count)) for count in (2, 10, 30)]
        self.assertLessEqual(ours, 1.25 * (many - few) / 20)

    def _paper_orders(self, count):
        def create():
            specs = self.env["paper.spec"].create([self._prepare_sheet() for _place in range(count)])
            self.env["sale.order"].create(
                [
                    {
                        "partner_id": self.customer.id,
                        "order_line": [(0, 0, self._prepare_line(spec, paper_quantity=2000, paper_unit="kg"))],
                    }
                    for spec in specs
                ]
            )

        return create
