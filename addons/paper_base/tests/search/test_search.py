from odoo.fields import Domain
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ...lib.search import mark_sql
from ..browser import leave_out_stripped_file
from ..common import PaperCommon

REFERENCE = "HP-2031/77_A%"


class SearchCommon(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(client_order_ref=REFERENCE)
        cls.customer.phone = "+86 138-0000 4711"
        cls.sales_search = cls.env["paper.search"].with_user(cls.salesman)

    def _found(self, text, code="order", user=None):
        found = self.env["paper.search"].with_user(user or self.salesman).find(text)
        ids = [row["id"] for kind in found["kinds"] if kind["code"] == code for row in kind["rows"]]
        return self.env[{"order": "sale.order", "customer": "res.partner"}[code]].browse(ids)


@tagged("post_install", "-at_install")
class TestSearch(SearchCommon):
    """One box finds what people have in their hands, and only what they may read (R4.2.2)."""

    def test_an_order_by_its_numbers(self):
        """R4.2.2: our number, the customer's, a part of one, its digits alone: the order is found, and opens at once."""
        digits = self.order.name.lstrip("S0")
        for text in (self.order.name, self.order.name.lower(), f" {REFERENCE}\r\n", "2031/77", REFERENCE[:2], digits):
            with self.subTest(text=text):
                self.assertIn(self.order, self._found(text))
        found = self.sales_search.find(REFERENCE)
        self.assertEqual((found["open"]["model"], found["open"]["id"]), ("sale.order", self.order.id))
        self.assertEqual(found["open"]["title"], self.order.name)
        for words in (REFERENCE, self.customer.display_name, self.order.paper_spec_summary):
            self.assertIn(words, found["open"]["told"])
        self.assertFalse(self.sales_search.find("2031/77")["open"], "a part of a number names nothing")
        self._create_order(client_order_ref=REFERENCE)
        self.assertFalse(self.sales_search.find(REFERENCE)["open"], "two orders have the number")

    def test_what_a_reader_scans(self):
        """R4.2.2: a code of GS1 and a link of our portal lead to the record; a link of others leads nowhere."""
        self.order.client_order_ref = "HP2031"
        base = self.env["ir.config_parameter"].get_param("web.base.url")
        links = (f"{base}/my/orders/{self.order.id}?access_token=x", f"{base}/zh_CN/my/orders/{self.order.id}")
        for text in ("]C1400HP2031", "(400)HP2031", "]d210L0001\x1d400HP2031", *links):
            with self.subTest(text=text):
                self.assertEqual(self.sales_search.find(text)["open"]["id"], self.order.id)
        for text in (f"https://other.example/my/orders/{self.order.id}", f"{base}/my/orders/{2**40}", "http://[", base):
            with self.subTest(text=text):
                self.assertEqual(self.sales_search.find(text), {"kinds": [], "open": False})

    def test_a_customer_by_name_and_telephone(self):
        """R4.2.2: a telephone number is found however it is written, a Chinese name by two characters of it."""
        for text in ("13800004711", "+86 138 0000 4711", "0086-138-0000-4711", "138 0000 4711", "4711", "hua pr"):
            with self.subTest(text=text):
                self.assertIn(self.customer, self._found(text, "customer"))
        self.customer.name = "湖南岳阳华文印刷厂"
        self.assertIn(self.customer, self._found("华文", "customer"))
        self.assertNotIn(self.customer, self._found("文华", "customer"))
        self.assertNotIn(self.customer, self._found("13900004711", "customer"))

    def test_signs_stand_for_themselves(self):
        """R4.2.2: what somebody types is a text, neither a pattern nor a statement, and a page of it is no number."""
        self.assertIn(self.order, self._found("77_A%"))
        hostile = ("%%%", "___", "\\\\\\", "77_B%", "2031\\77", "'; DROP TABLE sale_order; --", "\x00\x00", "x" * 10_000)
        for text in (*hostile, "", " ", "S", None, 5, ["a"], "]C1", "(10)"):
            with self.subTest(text=str(text)[:20]):
                self.assertNotIn(self.order, self._found(text))

    def test_only_what_one_may_read(self):
        """R4.2.2: nobody finds, or learns how many there are of, what the person may not read."""
        other = self.env["res.company"].create({"name": "Other mill"})
        foreign = self.env["sale.order"].create(
            [
                {"partner_id": self.customer.id, "company_id": other.id, "client_order_ref": "FOREIGN-1", "user_id": False}
                for _number in range(9)
            ]
        )
        self.assertEqual(self.sales_search.find("FOREIGN-1"), {"kinds": [], "open": False})
        self.assertFalse(self.env["sale.order"].browse(self.sales_search.get_more("order", "FOREIGN-1").get("res_id")))
        self.assertEqual(self.sales_search.get_more("order", "FOREIGN-1")["domain"], [("id", "in", [])])
        base = self.env["ir.config_parameter"].get_param("web.base.url")
        self.assertFalse(self.sales_search.find(f"{base}/my/orders/{foreign[0].id}")["open"])
        self.salesman.company_ids |= other
        of_both = self.sales_search.with_context(allowed_company_ids=(self.env.company | other).ids)
        kind = next(kind for kind in of_both.find("FOREIGN-1")["kinds"] if kind["code"] == "order")
        self.assertEqual((len(kind["rows"]), kind["more"]), (6, True))
        self.assertEqual(of_both.get_more("order", "FOREIGN-1")["domain"], [("id", "in", foreign.ids[::-1])])
        for groups in ("base.group_portal", "base.group_public"):
            stranger = self._create_user(f"search_{groups}", groups)
            self.assertFalse(self._found(REFERENCE, user=stranger))
        clerk = self._create_user("search_clerk")  # an employee without a department
        self.assertFalse(self._found(REFERENCE, user=clerk))

    def test_as_many_queries_for_many(self):
        """R4.2.2: six orders that are found cost as many questions as two."""
        counts = []
        for number in (2, 6):
            name = f"MANY-{number}"
            self.env["sale.order"].union(*(self._create_order(client_order_ref=name) for _order in range(number)))
            self._settle()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self._found(name)), number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_every_kind_is_indexed(self):
        """R4.2.2: whatever an addon has looked for is found by an index, and its paths lead somewhere."""
        for kind in self.env["paper.search"]._paper_sought():
            model = self.env[kind.model]
            for name in (*kind.numbers, *kind.texts):
                with self.subTest(kind=kind.code, field=name):
                    self.assertEqual(model._fields[name].index, "trigram")
            for name in kind.marks:
                with self.subTest(kind=kind.code, mark=name):
                    self.assertIn("Index", self._plan_of_mark(model, name), "no index has the expression that is asked for")
            with self.subTest(kind=kind.code):
                model.search(Domain(kind.domain), limit=1)
                for path in (kind.order, kind.partner, kind.spec, kind.stage):
                    if path and path != "id":
                        model.browse().mapped(path)

    def _plan_of_mark(self, model, name):
        """Return how the database reads records in the order of their marks, where it may neither sort nor scan all."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        mark = SQL(mark_sql("%s"), SQL.identifier(name))
        asked = SQL("EXPLAIN SELECT 1 FROM %s ORDER BY %s USING ~<~", SQL.identifier(model._table), mark)
        return str(self.env.execute_query(asked)[0])


@tagged("post_install", "-at_install")
class TestSearchBox(SearchCommon, HttpCase):
    def test_typed_and_scanned(self):
        """R4.2.2: in the browser, a number that is typed and entered, and one that a reader scans, open their records."""
        leave_out_stripped_file(self)
        self.salesman.lang = "zh_CN"
        self.order.client_order_ref = "TYPED-4711"
        self.order._paper_status_changed()
        self._settle()  # the order waits on the desk
        self.env["res.partner"].create({"name": "Scanned customer", "ref": "SCANNED-4712"})
        self.start_tour("/odoo/paper-desk", "paper_base_search", login=self.salesman.login)
