"""The mails and what they should become: every expectation fits its format and its mail, and the generators repeat themselves."""

import copy
import html
import json
import unittest
from pathlib import Path

import expectation
import generate
import read_back
from generate_lists import bare

CORPUS = Path(__file__).parent / "corpus"
MUST_TRY = {
    "xlsx",
    "xls",
    "xlsb",
    "ods",
    "csv",
    "pdf",
    "html",
    "sentence",
    "zh",
    "en",
    "de",
    "two-row heading",
    "merged cells",
    "title row",
    "total row",
    "total differs",
    "hidden row",
    "struck row",
    "formula",
    "unit in heading",
    "unit row",
    "unit in cell",
    "reams",
    "sheets",
    "cm",
    "cun",
    "inch",
    "lb",
    "size in one cell",
    "item number",
    "decimal comma",
    "thousands point",
    "thousands blank",
    "forward",
    "reply",
    "change",
    "cancel",
    "used message id",
    "gbk as gb2312",
    "newsletter",
    "auto reply",
    "delivery failure",
    "complaint",
    "enquiry",
    "implausible",
    "signature with figures",
    "EUR",
    "USD",
    "two delivery places",
    "two papers",
}


def plain(text):
    return "".join(html.unescape(str(text)).casefold().split())


def corpus():
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.json"))}


def number(value, decimal):
    """Return the figure in a cell."""
    if isinstance(value, (int, float)):
        return float(value)
    text = bare(str(value))
    return float(text.replace(".", "").replace(",", ".") if decimal == "," else text.replace(",", ""))


def perfect(expected):
    """Return the reading that takes all that is certain, proposes all that is proposed and tells all that is to be told."""

    def read(fact):
        state = "taken" if fact["class"] == "certain" else "proposed"
        return {"state": state, **{key: fact[key] for key in ("value", "unit", "per") if key in fact}}

    def facts(line):
        return {name: read(fact) for name, fact in line.items() if fact["class"] != "asked"}

    number_fact = expected.get("order_number")
    return {
        "kind": expected["kind"]["value"],
        "order_number": read(number_fact) if number_fact and number_fact["class"] != "asked" else None,
        "customer": expected["customer"] and expected["customer"]["address"],
        "head": facts(expected.get("head", {})),
        "lines": [facts(line) for line in expectation.lines(expected)],
        "finds": expected.get("finds", {}).get("order_number"),
        "change": [{**one, "new": read(one["new"])} if "new" in one else one for one in expected.get("change", [])],
        "told": " ".join(told["mentions"][0] for told in expected["told"]),
    }


class TestCorpus(unittest.TestCase):
    """R3.1.1 R3.2.1"""

    def test_every_mail_has_its_expectation(self):
        mails = {path.stem for path in CORPUS.glob("*.eml")}
        self.assertEqual(mails, set(corpus()))
        self.assertEqual(len(mails), 40)
        for name, expected in corpus().items():
            self.assertEqual(expected["mail"], f"{name}.eml")

    def test_expectations_fit(self):
        for name, expected in corpus().items():
            with self.subTest(name):
                self.assertEqual(expectation.faults(expected), [])

    def test_everything_is_tried(self):
        tried = {word for expected in corpus().values() for word in expected["tries"]}
        self.assertEqual(MUST_TRY - tried, set())
        self.assertEqual({expected["kind"]["value"] for expected in corpus().values()}, set(expectation.KINDS))

    def test_mails_parse(self):
        for path in sorted(CORPUS.glob("*.eml")):
            with self.subTest(path.name):
                message = read_back.parse(path.read_bytes())
                self.assertEqual([part.defects for part in message.walk() if part.defects], [])
                self.assertTrue(message["From"].addresses[0].domain.endswith(".example"), message["From"])
                self.assertTrue(message["Message-ID"])
                self.assertTrue(read_back.everything(message).strip())

    def test_what_is_expected_stands_in_the_mail(self):
        """Certain words, and the rows that are no lines, are found in the mail or its files as they are written there."""
        for name, expected in corpus().items():
            words = plain(read_back.everything(read_back.parse((CORPUS / expected["mail"]).read_bytes())))
            with self.subTest(name):
                self.assertEqual([text for text in written(expected) if plain(text) not in words], [])

    def test_lines_point_at_rows(self):
        """A line that names a sheet and a row has its grade or its figures there."""
        for name, expected in corpus().items():
            files = dict(read_back.attached(read_back.parse((CORPUS / expected["mail"]).read_bytes())))
            books = {}
            for file, content in files.items():
                if not file.endswith(".pdf"):
                    books |= read_back.sheets(file, content)
            for line in expected["lines"]:
                if "!" not in line.get("where", ""):
                    continue
                sheet, row = line["where"].split("!")
                cells = plain(" ".join(str(cell) for cell in books[sheet][int(row) - 1] if cell is not None))
                with self.subTest(name, where=line["where"]):
                    fact = line["facts"].get("grade") or line["facts"]["width_mm"]
                    self.assertIn(plain(fact["value"]), cells)

    def test_sums(self):
        for name, expected in corpus().items():
            sums = expected.get("sums")
            if sums:
                with self.subTest(name):
                    total = sum(line["facts"]["quantity"]["value"] for line in expected["lines"])
                    self.assertAlmostEqual(total, sums["quantity"])
                    self.assertEqual(sums["agrees"], abs(sums["written_total"] - total) < 1e-6)
                    told = any(one["what"] == "total differs" for one in expected["told"])
                    self.assertEqual(told, not sums["agrees"])

    def test_what_came_before_is_there(self):
        for name, expected in corpus().items():
            for before in expected.get("before", []):
                with self.subTest(name):
                    self.assertTrue("mail" not in before or (CORPUS / before["mail"]).exists(), before)

    def test_used_message_id(self):
        first, second = (
            read_back.parse((CORPUS / f"{name}.eml").read_bytes()) for name in ("20-sentence-zh", "34-used-message-id")
        )
        self.assertEqual(first["Message-ID"], second["Message-ID"])
        self.assertNotEqual(first.get_content(), second.get_content())

    def test_gbk_is_no_gb2312(self):
        message = read_back.parse((CORPUS / "35-gbk-labelled-gb2312.eml").read_bytes())
        self.assertEqual(message.get_content_charset(), "gb2312")
        with self.assertRaises(UnicodeDecodeError):
            message.get_payload(decode=True).decode("gb2312")
        self.assertIn("㎡", message.get_payload(decode=True).decode("gbk"))


def written(expected):
    """Return the texts of an expectation that stand in its mail."""
    found = [other["written"] for other in expected.get("not_lines", [])]
    for facts in [expected.get("head", {})] + [line["facts"] for line in expected["lines"]]:
        for name, fact in facts.items():
            if "written" in fact:
                found += fact["written"].split(" EUR/")[0].split(" $/")[:1]
            elif fact["class"] != "asked" and expectation.FACTS[name] == "text":
                found.append(fact["value"])
    if (expected.get("order_number") or {}).get("value"):
        found.append(expected["order_number"]["value"])
    finds = expected.get("finds", {"by": "In-Reply-To"})
    return found + ([finds["order_number"]] if finds["by"] != "In-Reply-To" else [])


class TestGenerators(unittest.TestCase):
    """R3.1.1 R3.2.1"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = generate.every(each=10)

    def test_ten_of_each_kind(self):
        names = [made.name for made in self.made]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len(names), 10 * len(generate.MAKERS))

    def test_expectations_fit(self):
        for made in self.made:
            with self.subTest(made.name):
                self.assertEqual(expectation.faults(made.expected), [])

    def test_same_seed_same_mail(self):
        for made, again in zip(self.made, generate.every(each=10), strict=True):
            with self.subTest(made.name):
                self.assertEqual(made.content, again.content)
                self.assertEqual(made.expected, again.expected)

    def test_another_seed_is_another_mail(self):
        for kind in generate.MAKERS:
            with self.subTest(kind):
                self.assertEqual(len({generate.make(kind, seed).content for seed in range(20)}), 20)

    def test_mails_parse(self):
        for made in self.made:
            with self.subTest(made.name):
                message = read_back.parse(made.content)
                self.assertEqual([part.defects for part in message.walk() if part.defects], [])
                words = plain(read_back.everything(message))
                self.assertEqual([text for text in written(made.expected) if plain(text) not in words], [])

    def test_sums_agree_with_the_file(self):
        """The quantities of the lines, added up from the written file, are the expected sum; its total says what is expected."""
        tried = 0
        for made in generate.every(each=30):
            sums = made.expected.get("sums")
            if not sums or made.kind == "forward":
                continue
            with self.subTest(made.name):
                rows = self.rows(made)
                if rows is None:
                    continue
                tried += 1
                column, decimal = sums["column"] - 1, sums["decimal"]
                total = sum(number(rows[row - 1][column], decimal) for row in sums["rows"])
                self.assertAlmostEqual(total, sums["quantity"], places=2)
                expected = sum(line["facts"]["quantity"]["value"] for line in made.expected["lines"])
                self.assertAlmostEqual(expected, sums["quantity"], places=2)
                differs = any(told["what"] == "total differs" for told in made.expected["told"])
                if "total_row" in sums:
                    there = number(rows[sums["total_row"] - 1][column], decimal)
                    self.assertAlmostEqual(there, sums["written_total"], places=2)
                    self.assertEqual(sums["agrees"], abs(there - total) < 0.005)
                self.assertEqual(differs, not sums.get("agrees", True))
        self.assertGreater(tried, 100)

    def test_contradictions_are_asked(self):
        for made in self.made:
            if made.kind == "contradiction":
                with self.subTest(made.name):
                    classes = {line["facts"]["quantity"]["class"] for line in made.expected["lines"]}
                    self.assertEqual(classes, {"asked"})
                    self.assertIn("contradiction", {told["what"] for told in made.expected["told"]})

    def test_a_long_list(self):
        made = generate.make_list("csv", 1, rows=5000)
        self.assertEqual(len(made.expected["lines"]), 5000)
        self.assertEqual(expectation.faults(made.expected), [])
        self.assertGreater(len(self.rows(made)), 5000)

    def rows(self, made):
        message = read_back.parse(made.content)
        if made.kind == "html":
            return read_back.Tables(message.get_content()).tables[-1]
        ((name, content),) = read_back.attached(message)
        if name.endswith(".pdf"):
            words = plain(read_back.pdf_text(content))
            cells = [cell for row in made.written.grid.rows for cell in row if cell is not None]
            self.assertEqual([cell for cell in cells if plain(cell) not in words], [])
            return made.written.grid.rows
        (rows,) = read_back.sheets(name, content).values()
        return rows


class TestVerdicts(unittest.TestCase):
    """R3.1.1"""

    def test_a_perfect_reading_is_right(self):
        everything = [*corpus().values(), *(made.expected for made in generate.every(each=10))]
        for expected in everything:
            with self.subTest(expected["mail"]):
                found = {verdict for _, _, verdict in expectation.verdicts(expected, perfect(expected))}
                self.assertLessEqual(found, {"right", "proposed", "asked"})

    def test_every_wrong_value_is_wrong(self):
        """A figure of a line that is taken with another value is silently wrong, in every mail."""
        for name, expected in corpus().items():
            reading = perfect(expected)
            for position, line in enumerate(reading["lines"]):
                for fact in set(line) - {"form", "grain"}:
                    changed = copy.deepcopy(reading)
                    value = line[fact]["value"]
                    other = "something else" if isinstance(value, str) else value * 1000
                    changed["lines"][position][fact] |= {"state": "taken", "value": other}
                    with self.subTest(name, line=position, fact=fact):
                        found = expectation.verdicts(expected, changed)
                        wrong = [what for _, what, verdict in found if verdict in expectation.SILENT]
                        self.assertEqual(wrong, [fact])

    def test_what_is_to_be_proposed_is_not_taken(self):
        expected = corpus()["20-sentence-zh"]
        reading = perfect(expected)
        reading["lines"][0]["quantity"]["state"] = "taken"
        self.assertIn(("line 1", "quantity", "bold"), expectation.verdicts(expected, reading))

    def test_what_is_asked_is_not_assumed(self):
        expected = corpus()["40-implausible-values"]
        reading = perfect(expected)
        reading["lines"][0]["core_mm"] = {"state": "taken", "value": 76}
        self.assertIn(("line 1", "core_mm", "wrong"), expectation.verdicts(expected, reading))
        reading["lines"][0]["core_mm"]["state"] = "proposed"
        self.assertIn(("line 1", "core_mm", "asked"), expectation.verdicts(expected, reading))
        reading["lines"][0]["core_mm"]["value"] = 3
        self.assertIn(("line 1", "core_mm", "wrong proposal"), expectation.verdicts(expected, reading))

    def test_a_total_is_no_line(self):
        expected = corpus()["01-xlsx-tons"]
        reading = perfect(expected)
        reading["lines"].append({"quantity": {"state": "taken", "value": 36.75, "unit": "t"}})
        self.assertIn(("line 4", "line", "wrong"), expectation.verdicts(expected, reading))

    def test_silence_is_seen(self):
        expected = corpus()["06-xlsx-hidden-and-struck"]
        reading = {**perfect(expected), "told": ""}
        found = expectation.verdicts(expected, reading)
        self.assertEqual([what for _, what, verdict in found if verdict == "untold"], ["hidden row", "struck row"])
        del reading["lines"][0]["grade"]
        reading["lines"].pop()
        found = expectation.verdicts(expected, reading)
        self.assertIn(("line 1", "grade", "lost"), found)
        self.assertIn(("line 3", "line", "lost"), found)
        found = expectation.verdicts(expected, {**reading, "told": "Uncoated woodfree; Opaque bible"})
        self.assertIn(("line 1", "grade", "missing"), found)
        self.assertIn(("line 3", "line", "missing"), found)

    def test_no_order_from_no_order(self):
        expected = corpus()["36-newsletter"]
        reading = perfect(corpus()["01-xlsx-tons"])
        self.assertIn(("mail", "kind", "wrong"), expectation.verdicts(expected, reading))

    def test_a_later_mail_may_be_called_something_else(self):
        expected = corpus()["30-question-de"]
        for kind, verdict in [("reply", "wrong proposal"), ("order", "wrong"), ("none", "wrong"), ("question", "right")]:
            found = expectation.verdicts(expected, {**perfect(expected), "kind": kind})
            self.assertIn(("mail", "kind", verdict), found)

    def test_words_in_another_free_fact(self):
        expected = corpus()["10-ods-german-decimals"]
        reading = perfect(expected)
        reading["lines"][0]["packing"] = reading["lines"][0].pop("remark")
        reading["lines"][2]["certificate"] = reading["lines"][2]["remark"]
        found = expectation.verdicts(expected, reading)
        self.assertEqual([one for one in found if one[2] in expectation.SILENT], [])
        reading["lines"][1]["remark"] = {"state": "taken", "value": "auf Einwegpaletten"}
        found = expectation.verdicts(expected, reading)
        self.assertEqual([one for one in found if one[2] in expectation.SILENT], [("line 2", "remark", "wrong")])

    def test_customer_and_order_of_a_later_mail(self):
        expected = corpus()["25-forward-inline-zh"]
        reading = {**perfect(expected), "customer": "neiqin@mill.example"}
        self.assertIn(("mail", "customer", "wrong"), expectation.verdicts(expected, reading))
        expected = corpus()["29-reply-confirmation-change"]
        reading = {**perfect(expected), "finds": None}
        self.assertIn(("mail", "finds", "missing"), expectation.verdicts(expected, reading))
        reading = perfect(expected)
        reading["change"][0]["line"] = 1
        self.assertIn(("change 1", "change", "wrong"), expectation.verdicts(expected, reading))

    def test_other_units_are_the_same(self):
        want = {"class": "certain", "value": 12.5, "unit": "t"}
        self.assertTrue(expectation.same("quantity", want, {"value": 12500, "unit": "kg"}))
        self.assertFalse(expectation.same("quantity", want, {"value": 12.5, "unit": "kg"}))
        self.assertFalse(expectation.same("quantity", want, {"value": 12.5, "unit": "ream"}))
        self.assertTrue(expectation.same("price", {"value": 1.085, "per": "kg"}, {"value": 1085, "per": "t"}))


if __name__ == "__main__":
    unittest.main()
