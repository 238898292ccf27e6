import json
import random
from datetime import date
from unittest import SkipTest

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exceptions import LabelDataError
from ..lib import gs1
from .common import PaperRollCommon

GTIN = "90614141000015"


def read_back(pdf):
    """Return ``[{symbology identifier: [text, …]}, …]`` of the pages of a printed file, by a decoder that is not ours."""
    try:
        import pypdfium2
        import zxingcpp
    except ImportError as missing:  # the official image of Odoo has no reader of bar codes
        raise SkipTest(f"no reader of bar codes: {missing}") from missing
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        found = {}
        for dots in (300, 400):  # a scanner looks more than once, from where it is held
            for symbol in zxingcpp.read_barcodes(page.render(scale=dots / 72).to_pil(), text_mode=zxingcpp.TextMode.Plain):
                texts = found.setdefault(symbol.symbology_identifier, [])
                texts += [symbol.text] if symbol.text not in texts else []
        pages.append(found)
    return pages


def read_elements(texts):
    """Return ``{application identifier: value}`` of the element strings, by a parser that is not ours."""
    from biip.gs1_messages import GS1Message

    return {element.ai.ai: element.value for text in texts for element in GS1Message.parse(text).element_strings}


@tagged("post_install", "-at_install")
class TestLabels(PaperRollCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper.barcode = GTIN
        cls.company.write(
            {"paper_gs1_prefix": "6901234", "paper_label_standard": "gs1", "paper_tappi_mill": "K", "paper_ifra_manufacturer": 7}
        )
        cls.machine = cls.env["mrp.workcenter"].create({"name": "PM1", "code": "PM1"})

    def print_labels(self, lots, report="roll_label"):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            return reports._render_qweb_pdf(f"paper_roll.action_report_{report}", lots.ids)[0]

    def random_rolls(self, count, seed=1):
        """Return rolls with random figures, as a decoder has to find them."""
        chance = random.Random(seed)
        vals_list = []
        for number in range(count):
            width, length, core = chance.randint(200, 2800), chance.randint(500, 20000), chance.choice((70, 76, 152))
            signs = "".join(chance.choice("ABCXYZ0123456789-/.") for _sign in range(chance.randint(1, 9)))
            vals_list.append(
                {
                    "name": f"{number}{signs}",
                    "product_id": self.paper.id,
                    "company_id": self.company.id,
                    "paper_kind": "roll",
                    "paper_spec_id": self.spec.id,
                    "paper_width": width,
                    "paper_length": length,
                    "paper_core": core,
                    "paper_diameter": 1000,
                    "paper_joints": chance.randint(0, 12),
                    "paper_gross_kg": round(width * length * 80 / 1e6, chance.randint(0, 3)),
                    "paper_machine_id": self.machine.id,
                    "paper_made_on": "2026-11-30 08:00:00",
                }
            )
        return self.env["stock.lot"].create(vals_list)

    def test_random_rolls_are_read_as_printed(self):
        """R6.1.2: what a decoder and a parser of their own read from the printed labels is what stands in the rolls."""
        rolls = self.random_rolls(30)
        pages = read_back(self.print_labels(rolls))
        self.assertEqual(len(pages), len(rolls))
        for roll, found in zip(rolls, pages, strict=True):
            elements = read_elements(found["]C1"])
            decimals = next(code for code in elements if code.startswith("310"))
            self.assertEqual((elements["00"], elements["01"], elements["21"]), (gs1.sscc("6901234", roll.id), GTIN, roll.name))
            self.assertAlmostEqual(int(elements[decimals]) / 10 ** int(decimals[3]), roll.paper_net_kg, 2)
            self.assertEqual(
                elements["8001"],
                f"{roll.paper_width:04.0f}{roll.paper_length:05.0f}{roll.paper_core:03.0f}9{min(roll.paper_joints, 9)}",
            )
            figures = json.loads(found["]Q1"][0])
            self.assertEqual((figures["ReelNumber"], figures["ReelWidth"]), (roll.name, roll.paper_width))
        self.assertEqual(set(rolls.mapped("paper_label_count")), {1})

    def test_presets_of_the_trade(self):
        """R6.1.2: 16 digits of WAN-IFRA and roll numbers of TAPPI are printed and read back, by the core label as well."""
        _jumbo, _sets, rolls = self.jumbo("J2026-017", sets=2, across=3)
        rolls.with_user(self.inspector).write({"paper_made_on": "2026-11-30 02:00:00"})
        rolls.sudo().paper_machine_id = self.machine
        self.company.paper_label_standard = "ifra"
        found = read_back(self.print_labels(rolls[0]))[0]
        self.assertEqual(found.get("]I0"), [f"149{rolls[0].id % 50000:05d}019210" + "07"], found)
        self.company.paper_label_standard = "tappi"
        texts = [page["]C0"][0] for page in read_back(self.print_labels(rolls, "core_label"))]
        self.assertEqual(texts, [f"K16L30017{number}{percent}" for number in (1, 2) for percent in ("99", "33", "00")])
        self.assertEqual(date(2026, 11, 30).isocalendar().week, 49)

    def test_what_a_label_lacks_is_named(self):
        """R6.1.2: a standard that asks for what a roll or the mill lacks says so, and prints nothing."""
        roll = self.roll("R 1", net=10)
        cases = {
            "no space": {},
            "GS1 company prefix": {"paper_gs1_prefix": False},
            "whose code has a digit": {"paper_label_standard": "ifra"},
            "TAPPI asks": {"paper_label_standard": "tappi"},
        }
        for words, vals in cases.items():
            with self.subTest(words), self.assertRaisesRegex(LabelDataError, words), self.env.cr.savepoint():
                self.company.write(vals)
                roll._paper_labels()
        with self.assertRaises(LabelDataError), self.env.cr.savepoint():
            self.company.paper_gs1_prefix = "12A"
        self.company.paper_label_standard = "plain"
        with self.assertRaises(LabelDataError), self.env.cr.savepoint():
            self.roll("卷1")._paper_labels()

    def test_reprints_are_counted(self):
        """R6.1.2: each print counts, by whatever format, and tells so; nobody writes the number."""
        roll = self.random_rolls(1).with_user(self.winder)
        reports = self.env["ir.actions.report"].with_user(self.winder)
        text = reports._render_qweb_text("paper_roll.action_report_roll_zpl", roll.ids)[0].decode()
        self.assertTrue(text.startswith("^XA") and text.rstrip().endswith("^XZ"))
        self.assertIn(roll.name, text)
        html = reports._render_qweb_html("paper_roll.action_report_roll_label", roll.ids)[0].decode()
        self.assertIn("Reprint", html)
        self.assertEqual(roll.paper_label_count, 2)
        with self.assertRaises(UserError):
            roll.paper_label_count = 0
