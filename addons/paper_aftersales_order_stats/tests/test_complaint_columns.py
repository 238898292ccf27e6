from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestComplaintColumns(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.management = new_test_user(cls.env, "stats.feedback", groups="paper_base.group_management")
        grade = cls.env["paper.grade"].create({"name": "Feedback grade"})
        product = cls.env["product.product"].create(
            {"name": "Paper", "is_paper": True, "uom_id": cls.env.ref("uom.product_uom_kgm").id}
        )
        customer = cls.env["res.partner"].create({"name": "Printer"})
        lines = []
        for _index in range(2):
            spec = cls.env["paper.spec"].create({"grade_id": grade.id, "basis_weight": 80, "width": 787})
            lines.append({"product_id": product.id, "paper_spec_id": spec.id, "paper_quantity": 1000, "paper_unit": "kg"})
        cls.order = cls.env["sale.order"].create(
            {"partner_id": customer.id, "order_line": [Command.create(line) for line in lines]}
        )

    @classmethod
    def _ticket(cls, **values):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Feedback",
                "description": "<p>Text</p>",
                "sale_order_id": cls.order.id,
                "partner_id": cls.order.partner_id.id,
                **values,
            }
        )

    def _counts(self, groupby=()):
        report = self.env["paper.order.report"].with_user(self.management)
        return report._read_group(
            [("order_id", "=", self.order.id)],
            groupby,
            ["feedback_count:sum", "serious_count:sum", "ordered_kg:sum", "order_id:count_distinct"],
        )

    def test_each_feedback_counts_once(self):
        """R7.3.2, R8.1.1: feedback on an order of several lines counts once, and weighs the order no second time."""
        self.assertEqual(self._counts(), [(0, 0, 2000, 1)])
        self._ticket()
        self._ticket(severity="serious")
        self._ticket(sale_order_line_id=self.order.order_line[1].id)
        self.assertEqual(self._counts(), [(3, 1, 2000, 1)])

    def test_unfounded_does_not_count(self):
        """R7.3.2: feedback that was rejected as unfounded counts neither on its line nor on its order."""
        rejected = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")
        self.order.partner_id.email = "c@example.com"
        self._ticket(severity="serious", stage_id=rejected.id, solution="Not ours")
        ticket = self._ticket(sale_order_line_id=self.order.order_line[1].id)
        self.assertEqual(self._counts()[0][:2], (1, 0))
        ticket.stage_id = rejected
        self.assertEqual(self._counts()[0][:2], (0, 0))

    def test_first_line_shown(self):
        """R7.3.2: feedback on an order counts on the first of its lines that is paper; that of an order without paper does
        not count."""
        pallet = self.env["product.product"].create({"name": "Pallet"})
        mixed = self.order.copy({"order_line": [Command.create({"product_id": pallet.id})]})
        self._ticket(sale_order_id=mixed.id)
        report = self.env["paper.order.report"].with_user(self.management)
        domain = [("order_id", "=", mixed.id)]
        self.assertFalse(report.search(domain))
        paper = self.order.order_line[0].copy({"order_id": mixed.id})
        self.assertEqual(report.search(domain).mapped(lambda row: (row.id, row.feedback_count)), [(paper.id, 1)])
        first = mixed.order_line - paper
        self._ticket(sale_order_id=mixed.id, sale_order_line_id=first.id)
        self.env.invalidate_all()
        self.assertEqual(report.search(domain).feedback_count, 2)

    def test_one_order_reads_one_order(self):
        """R8.1.1: the figures of one order are read from the lines of that order: of 20,000 other lines, with tickets on
        every tenth order, none is touched."""
        self._ticket()
        self._multiply(10000)
        rows = self._rows_touched([("order_id", "=", self.order.id)], "sale_order_line")
        self.assertLessEqual(rows, 20)
        self.assertLessEqual(self._rows_touched([("order_id", "=", self.order.id)], "helpdesk_ticket"), 5)

    def _multiply(self, number):
        """Copy the order with its two lines ``number`` times, below the ORM, and give each tenth a ticket."""
        self.env.flush_all()
        cr = self.env.cr

        def columns(table, *without):
            cr.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != ALL(%s)",
                (table, ["id", *without]),
            )
            return SQL(", ").join(SQL.identifier(name) for (name,) in cr.fetchall())

        order, line, ticket = (
            columns("sale_order", "name", "access_token"),
            columns("sale_order_line", "order_id"),
            columns("helpdesk_ticket", "sale_order_id"),
        )
        source = self.order.id
        last = self.env["sale.order"].search([], order="id desc", limit=1).id
        cr.execute(
            SQL(
                "INSERT INTO sale_order (name, %s) SELECT 'COPY' || number, %s FROM sale_order, generate_series(1, %s) number"
                " WHERE id = %s",
                order,
                order,
                number,
                source,
            )
        )
        cr.execute(
            SQL(
                "INSERT INTO sale_order_line (order_id, %s) SELECT made.id, %s FROM (SELECT id AS of_line, * FROM sale_order_line"
                " WHERE order_id = %s) line CROSS JOIN (SELECT id FROM sale_order WHERE id > %s) made",
                line,
                SQL(", ").join(SQL("line.%s", SQL(part)) for part in line.code.split(", ")),
                source,
                last,
            )
        )
        cr.execute(
            SQL(
                "INSERT INTO helpdesk_ticket (sale_order_id, %s) SELECT made.id, %s FROM helpdesk_ticket ticket"
                " CROSS JOIN (SELECT id FROM sale_order WHERE id > %s AND id %% 10 = 0) made WHERE ticket.sale_order_id = %s",
                ticket,
                SQL(", ").join(SQL("ticket.%s", SQL(part)) for part in ticket.code.split(", ")),
                last,
                source,
            )
        )
        for table in ("sale_order", "sale_order_line", "helpdesk_ticket"):
            cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        self.env.invalidate_all()

    def _rows_touched(self, domain, table):
        """Return how many rows of a table PostgreSQL reads to answer a search of the report."""
        query = self.env["paper.order.report"]._search(domain)
        names = ("feedback_count", "produced_kg", "ordered_kg")
        query = query.select(*(SQL.identifier("paper_order_report", name) for name in names))
        self.env.cr.execute(SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", query))

        def touched(node):
            own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) if node.get("Relation Name") == table else 0
            return own * node["Actual Loops"] + sum(touched(child) for child in node.get("Plans", ()))

        return touched(self.env.cr.fetchone()[0][0]["Plan"])

    def test_feedback_on_a_line_counts_there(self):
        """R7.3.2: feedback on a line counts with its specification, that on the order with the first."""
        self._ticket()
        self._ticket(sale_order_line_id=self.order.order_line[1].id)
        earlier = self._ticket(sale_order_line_id=self.order.order_line[1].id)
        # Archived before nobody could any more.
        self.env.flush_all()
        self.env.cr.execute("UPDATE helpdesk_ticket SET active = false WHERE id = %s", [earlier.id])
        self.env.invalidate_all()
        by_spec = {row[0]: row[1] for row in self._counts(["spec_id"])}
        self.assertEqual([by_spec[line.paper_spec_id] for line in self.order.order_line], [1, 1])
