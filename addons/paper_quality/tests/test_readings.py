import socketserver
import threading

from odoo.addons.paper_quality.exceptions import (
    InspectionClosedError,
    InspectionStateError,
    InstrumentError,
    LimitMissingError,
    ReadingError,
    ReadingsMissingError,
)
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

WEIGHT = {"name": "Basis Weight", "unit": "g/m²", "minimum": 77, "has_minimum": True, "maximum": 83, "has_maximum": True}


class Balance(socketserver.StreamRequestHandler):
    """A balance behind a serial server: it sends one line."""

    def handle(self):
        self.wfile.write(b"ST,GS,+  80.12 g\r\n")


@tagged("post_install", "-at_install")
class TestReadings(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.question = cls.env.ref("paper_quality.question_basis_weight")
        cls.question.write({"paper_specimens": 5, "paper_interval": 0.1})
        cls.spec = cls.create_spec([WEIGHT])
        today = cls.env.company._paper_today()
        cls.tool, cls.old = cls.env["paper.instrument"].create(
            [
                {"name": "Balance 1", "calibration_due": today},
                {"name": "Balance 0", "calibration_due": "2020-01-01"},
            ]
        )
        cls.production = cls.create_production(cls.spec)
        cls.inspection = cls.production.inspection_ids.with_user(cls.inspector)
        cls.line = cls.inspection.inspection_lines.filtered(lambda line: line.test_line == cls.question)

    def type(self, *texts, **values):
        sheet = self.inspection.paper_reading_sheet()
        seen = next(test["seen"] for test in sheet["tests"] if test["id"] == self.line.id)
        return self.inspection.paper_record_sheet([{"id": self.line.id, "values": texts, "seen": seen, **values}])

    def test_specimens_give_the_answer(self):
        """R5.3.2, R6.1.1: n, mean, least, greatest, s and CV of the specimens; the rounded mean is held to the limits."""
        self.type("80,1", "79.9", "80.25", " 80.4", "８０．１")
        line = self.line
        self.assertEqual((line.reading_count, line.reading_lowest, line.reading_highest), (5, 79.9, 80.4))
        self.assertAlmostEqual(line.quantitative_value, 80.2)  # 80.15 goes to the even one
        self.assertAlmostEqual(line.reading_deviation, 0.18708, 4)
        self.assertTrue(line.measured and line.success)
        with self.assertRaises(InspectionStateError):
            line.quantitative_value = 80
        line.sudo()._by_step().paper_judged = "each"
        self.type("80", "80", "80", "80", "83.2")
        self.assertFalse(line.success, "one specimen is outside")

    def test_bad_input(self):
        """R5.3.2: no text, no slip of the keyboard, no other roll and no expired instrument is kept as a reading."""
        for texts, values, error in (
            (("8o",), {}, ReadingError),
            (("1.234,5",), {}, ReadingError),
            (("8.01",), {}, ReadingError),
            (("0",), {}, ReadingError),
            (("80",), {"instrument": self.old.id}, InstrumentError),
        ):
            with self.subTest(texts=texts), self.assertRaises(error), self.env.cr.savepoint():
                self.type(*texts, **values)
        other = self.env["stock.lot"].create({"name": "Z-1", "product_id": self.paper.id})
        with self.assertRaises(ReadingError), self.env.cr.savepoint():
            self.env["paper.test.reading"].with_user(self.inspector).create(
                {"line_id": self.line.id, "value": 80, "lot_id": other.id}
            )
        self.type("8.01", sure=True)
        self.assertTrue(self.line.reading_ids.is_sure)
        self.type("", "80")
        self.assertEqual(self.line.reading_ids.number, 2, "nothing typed is not zero")

    def test_too_few_specimens(self):
        """R5.3.2: an inspection is not concluded with fewer specimens than its test asks for."""
        self.made(self.production)
        self.answer(self.inspection)
        with self.assertRaises(ReadingsMissingError):
            self.inspection.action_confirm()
        self.type(*["80"] * 5)
        self.inspection.action_confirm()
        self.assertEqual(self.inspection.state, "success")
        for change in (
            lambda: self.line.reading_ids[0].write({"value": 81}),
            lambda: self.line.reading_ids.unlink(),
            lambda: self.type("80"),
            lambda: self.env["paper.test.reading"].sudo().create({"line_id": self.line.id, "value": 80, "number": 9}),
        ):
            with self.assertRaises(InspectionClosedError), self.env.cr.savepoint():
                change()

    def test_two_inspectors_at_once(self):
        """R5.3.2: who types second sees what the first one entered before it is replaced."""
        seen = next(test["seen"] for test in self.inspection.paper_reading_sheet()["tests"] if test["id"] == self.line.id)
        self.type("80", "80")
        second = self.inspection.with_user(self.approver)
        with self.assertRaises(InspectionStateError):
            second.paper_record_sheet([{"id": self.line.id, "values": ["79"], "seen": seen}])
        self.assertEqual(self.line.reading_ids.mapped("value"), [80, 80])

    def test_who_reads(self):
        """R5.3.2: readings are entered by quality, in its own name."""
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.worker).paper_record_sheet([])
        reading = self.env["paper.test.reading"].with_user(self.inspector).create(
            {"line_id": self.line.id, "value": 80, "user_id": self.worker.id, "taken_on": "2020-01-01 00:00:00"}
        )
        self.assertEqual(reading.user_id, self.inspector)
        self.assertGreater(reading.taken_on.year, 2020)

    def test_an_instrument_on_the_network(self):
        """R5.3.2: a balance on the network is read directly; one that does not answer, or is expired, is named."""
        with socketserver.TCPServer(("127.0.0.1", 0), Balance) as server:
            threading.Thread(target=server.handle_request, daemon=True).start()
            self.tool.write({"host": "127.0.0.1", "port": server.server_address[1]})
            self.assertEqual(self.tool.with_user(self.inspector).action_paper_read(), "80.12")
            gone = server.server_address[1]
        self.tool.port = gone
        for tool in (self.tool, self.old):
            with self.assertRaises(InstrumentError):
                tool.with_user(self.inspector).action_paper_read()

    def test_whose_limit(self):
        """R6.1.1: the customer's limit, else that of the specification, else that of the standard's edition."""
        buyer = self.env["res.partner"].create({"name": "Printer"})

        def standard(name, maximum, **values):
            return self.env["paper.quality.standard"].create(
                {
                    "name": name,
                    "edition": "2015",
                    "line_ids": [
                        (0, 0, {"name": "Moisture", "unit": "%", "maximum": maximum, "has_maximum": True}),
                        (0, 0, {"name": "Smoothness", "unit": "s", "minimum": 30, "has_minimum": True}),
                    ],
                    **values,
                }
            )

        def limit(spec):
            lines = self.create_production(spec).inspection_ids.inspection_lines
            line = lines.filtered(lambda rec: rec.test_line.paper_property == "moisture")
            self.assertEqual(len(lines.filtered(lambda rec: rec.name == "Smoothness")), 1)
            return line.max_value, line.limit_source

        standard("GB/T 1", 8, grade_ids=[(6, 0, self.grade.ids)])
        self.assertEqual(limit(self.create_spec(partner_id=buyer.id)), (8, "GB/T 1-2015"))
        own = [{"name": "Moisture", "maximum": 7, "has_maximum": True}]
        self.assertEqual(limit(self.create_spec(own, partner_id=buyer.id)), (7, False))
        standard("Printer's own", 6, partner_id=buyer.id)
        self.assertEqual(limit(self.create_spec(own, partner_id=buyer.id)), (6, "Printer's own-2015"))

    def test_a_figure_without_a_limit(self):
        """R6.1.1: an ordered figure without a limit is held to the tolerance, or agreed as recorded only."""
        width = self.env.ref("paper_quality.question_width")
        width.paper_free = False
        self.env.company.paper_quality_tolerance = 1
        held = self.create_production(self.spec).inspection_ids
        line = held.inspection_lines.filtered(lambda rec: rec.test_line == width)
        self.assertEqual((line.min_value, line.max_value), (787 * 0.99, 787 * 1.01))
        self.env.company.paper_quality_tolerance = 0
        self.question.paper_specimens = 1
        production = self.create_production(self.spec)
        self.made(production)
        inspection = self.answer(production.inspection_ids)
        with self.assertRaises(LimitMissingError):
            inspection.action_confirm()

    def test_the_form_asks_no_more_with_many_readings(self):
        """R5.3.2: the sheet asks the same questions of the database for ten readings and for sixty."""
        counts = []
        for number in (2, 12):
            self.type(*["80"] * number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.inspection.paper_reading_sheet()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
