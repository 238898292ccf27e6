import json
from unittest.mock import patch
from xmlrpc.client import Fault, dumps, loads

import psycopg2
from odoo.exceptions import LockError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...exceptions import ImplausibleValueError, PaperAmountError, RecordBusyError, UnreadableInputError
from ...unreadable import check_readable, in_words, is_of_client
from ..common import PaperCommon

MISREAD = ("abc", [1], {"a": 1}, "12.5.6")


@tagged("post_install", "-at_install")
class TestUnreadable(PaperCommon, HttpCase):
    """Whatever a client sends, it is answered in words, never in those of the programming language or the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(cls.env, "unreadable.seller", groups="base.group_user,paper_base.group_sales")

    def _call(self, model, method, *args, **kwargs):
        """Call as the web client does and return the error that it gets, {} if none."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        with mute_logger("odoo.http", "odoo.sql_db"):
            reply = self.url_open(f"/web/dataset/call_kw/{model}/{method}", data=body, headers=headers)
        self.assertEqual(reply.status_code, 200)
        return reply.json().get("error", {}).get("data", {})

    def _assert_told(self, error, kind):
        self.assertEqual(error.get("name", "").rpartition(".")[2], kind.__name__, error.get("debug", "")[-600:])
        self.assertNotRegex(error["message"], r"psycopg2|NoneType|could not convert|Expected|attribute")

    def test_values_of_another_kind(self):
        """R3.2.1: a value of another kind is refused in words, in whatever field of a form and whatever it is."""
        self.authenticate(self.seller.login, self.seller.login)
        spec = self._create_sheet()
        for value in MISREAD:
            with self.subTest(value=value):
                self._assert_told(self._call("paper.spec", "write", [spec.id], {"basis_weight": value}), UnreadableInputError)
        for method, args in {
            "read": (["x"], ["width"]),
            "write": ([spec.id], "no dictionary"),
            "search_read": ([], 5),
            "search": ([["width", "nonsense", 1]],),
            "web_read": ([spec.id], "x"),
        }.items():
            with self.subTest(method=method):
                self._assert_told(self._call("paper.spec", method, *args), UnreadableInputError)

    def _call_xml(self, body, number="2/"):
        """Send the text of a call over XML-RPC and return what it says of a refusal, what it returns otherwise."""
        headers = {"Content-Type": "text/xml"}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.rpc.controllers.xmlrpc"):
            reply = self.url_open(f"/xmlrpc/{number}object", data=body, headers=headers)
        self.assertEqual(reply.status_code, 200)
        try:
            return loads(reply.content)[0][0]
        except Fault as fault:
            return fault

    def _xml(self, *args, method="execute_kw", uid=None):
        params = (self.env.cr.dbname, self.seller.id if uid is None else uid, self.seller.login, *args)
        return dumps(params, method, allow_none=True).encode()

    def test_over_xml_rpc(self):
        """R3.2.1: a program that calls over XML-RPC reads a sentence, too, not where the programming language failed."""
        spec = self._create_sheet()
        width = spec.width
        order = self._create_order()
        order.user_id = self.seller
        bodies = {
            "a text for a figure": self._xml("paper.spec", "write", [[spec.id], {"basis_weight": "abc"}]),
            "no figure": self._xml("paper.spec", "write", [[spec.id], {"width": float("inf")}]),
            "an old day": self._xml("sale.order", "write", [[order.id], {"commitment_date": "1900-01-01"}]),
            "a day in words": self._xml("sale.order", "write", [[order.id], {"commitment_date": "soon"}]),
            "a choice that is none": self._xml("paper.spec", "write", [[spec.id], {"format": "nonsense"}]),
            "ids": self._xml("paper.spec", "read", ["x"]),
            "no domain": self._xml("paper.spec", "search_read", [5]),
            "no arguments": self._xml("paper.spec", "read", None),
            "another argument": self._xml("paper.spec", "search_read", [[]], {"nonsense": 1}),
            "context": self._xml("paper.spec", "search_read", [[]], {"context": "x"}),
            "no such method": self._xml("paper.spec", "nothing", [[spec.id]]),
            "by place": self._xml("paper.spec", "read", "x", method="execute"),
            "too little": self._xml("paper.spec"),
            "nobody": self._xml("paper.spec", "read", [[spec.id]], uid="x"),
            "no such call": self._xml("paper.spec", "read", [[spec.id]], method="perform"),
            "NUL": self._xml("paper.spec", "write", [[spec.id], {"reference": "a-b"}]).replace(b"a-b", b"a\0b"),
            "a long number": self._xml("paper.spec", "write", [[spec.id], {"grade_id": 7}]).replace(b">7<", b">%d<" % 10**20),
            "no XML": b"nonsense",
        }
        for number in ("2/", ""):
            for name, body in bodies.items():
                with self.subTest(name=name, number=number):
                    fault = self._call_xml(body, number)
                    self.assertIsInstance(fault, Fault)
                    self.assertNotRegex(f"{fault.faultCode} {fault.faultString}", r"Traceback|File |Error:|psycopg2|NoneType")
                    if number:
                        self.assertEqual(fault.faultCode, 2, fault.faultString)
        self.assertEqual(spec.width, width)
        self.assertEqual(self._call_xml(self._xml("paper.spec", "search", [[("id", "=", spec.id)]])), [spec.id])

    def test_a_result_that_cannot_be_sent(self):
        """R3.2.1: what was carried out is not told as refused, only because XML-RPC cannot send what it returned; and a fault
        of ours stays one."""
        spec = self._create_sheet()
        kind = type(self.env["paper.spec"])
        with patch.object(kind, "action_try", lambda records: None, create=True):
            fault = self._call_xml(self._xml("paper.spec", "action_try", [[spec.id]]))
        self.assertIn("cannot marshal None", fault.faultString)
        with patch.object(kind, "action_try", lambda records: records.nothing, create=True):
            fault = self._call_xml(self._xml("paper.spec", "action_try", [[spec.id]]))
        self.assertIn("AttributeError", fault.faultString)

    def test_in_the_language_of_the_reader(self):
        """R3.2.1: what is refused is said in the language of who sent it."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.seller.lang = "zh_CN"
        self.authenticate(self.seller.login, self.seller.login)
        error = self._call("paper.spec", "write", [self._create_sheet().id], {"width": "abc"})
        self.assertIn("无法识别", error["message"])

    def test_what_nothing_keeps(self):
        """R3.2.1: NUL in a text, and numbers that are none, are refused wherever they stand."""
        self.authenticate(self.seller.login, self.seller.login)
        spec = self._create_sheet()
        for vals in (
            {"reference": "a\0b"},
            {"width": float("nan")},
            {"width": float("inf")},
            {"limit_ids": [[0, 0, {"name": "\0"}]]},
            {"a\0": 1},
        ):
            with self.subTest(vals=str(vals)):
                self._assert_told(self._call("paper.spec", "write", [spec.id], vals), UnreadableInputError)
        check_readable(self.env, {"text": ["人\u200b", 1e308, None, True]})

    def test_a_fault_of_ours_is_shown_as_one(self):
        """R2: a button that fails for our own reasons is not blamed on who pressed it."""
        button = {"method": "action_confirm"}
        plain = {**button, "args": [[1, 2]], "kwargs": {"context": {"lang": "zh_CN"}}}
        self.assertFalse(is_of_client(plain, "jsonrpc", ValueError()))
        self.assertFalse(is_of_client({"action_id": 7, "context": {"lang": "zh_CN"}}, "jsonrpc", ValueError()))
        for params in (
            {**button, "args": [["x"]], "kwargs": {}},
            {**button, "args": [[1], 3], "kwargs": {}},
            {**button, "args": [[1]], "kwargs": {"reason": 3}},
            {**button, "args": [[1]], "kwargs": {"context": {"default_state": 3}}},
            {**button, "args": [[10**20]], "kwargs": {}},
            {**button, "args": 3, "kwargs": {}},
            {**button, "args": [[]], "kwargs": {}},
            {"method": "web_read", "args": [[1]], "kwargs": {}},
            {"action_id": "x"},
            {},
        ):
            self.assertTrue(is_of_client(params, "jsonrpc", ValueError()), params)
        error = ValueError("ours")
        self.assertIs(in_words(self.env, error, sent=False), error)
        self.assertIsInstance(in_words(self.env, error, sent=True), UnreadableInputError)
        told = UserError("in words already")
        self.assertIs(in_words(self.env, told, sent=True), told)

    def test_before_anything_is_read(self):
        """R3.2.1: who is not logged in is led to the login, and is told so over RPC; neither is an error of the server."""
        with mute_logger("odoo.http"):
            error = self._call("paper.spec", "read", [1], ["width"])
            page = self.url_open("/my", allow_redirects=False)
        self.assertEqual(error["name"], "odoo.http.SessionExpiredException")
        self.assertIn(page.status_code, (302, 303))

    def test_two_at_once_are_told_so(self):
        """R4.1.3: a record that a colleague has at this moment is named busy, never by the words of the lock."""
        failed = psycopg2.errors.SerializationFailure(), psycopg2.errors.DeadlockDetected()
        for error in (LockError("Cannot grab a lock on records"), *failed):
            told = in_words(self.env, error, sent=False)
            self.assertIsInstance(told, RecordBusyError)
            self.assertIn("Somebody else", str(told))
        busy = RecordBusyError("S00001")
        self.assertIs(in_words(self.env, busy, sent=False), busy)
        self.authenticate(self.seller.login, self.seller.login)
        spec = self._create_sheet()

        def locked(records, vals):
            raise LockError("Cannot grab a lock on records")

        with patch.object(type(self.env["paper.spec"]), "write", locked):
            self._assert_told(self._call("paper.spec", "write", [spec.id], {"width": 700}), RecordBusyError)

    def test_no_figure_that_cannot_be_meant(self):
        """R3.2.1: no figure and no date of ours, of whatever model, takes a value that cannot be meant."""
        seen = 0
        for model in self.env:
            if self.env[model]._abstract or not self.env[model]._auto:
                continue
            for name in self.env[model]._paper_plausible_fields():
                field = self.env[model]._fields[name]
                if field.type == "integer":
                    continue  # the database keeps none beyond two thousand million
                wrong = ("1900-01-01", "9999-12-31") if field.type in ("date", "datetime") else (1e15, -1e15)
                for value in wrong:
                    with self.subTest(model=model, field=name, value=value):
                        record = self.env[model].new()
                        field._update_cache(record, field.convert_to_cache(value, record, validate=False))
                        with self.assertRaises(ImplausibleValueError):
                            record._check_paper_plausible([name])
                        seen += 1
        self.assertGreater(seen, 20)

    def test_what_arrives_is_kept(self):
        """R3.1.2: a model that keeps what arrives as it was sent refuses no figure."""
        kept = type(self.env["paper.spec"])
        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)
        with patch.object(kept, "_paper_kept_as_sent", True):
            self.assertFalse(self.env["paper.spec"]._paper_plausible_fields())

    def test_other_rules_hold_beside_it(self):
        """R3.2.1: looking at the figures leaves the rules that a model has itself in force, however its fields are named."""
        line = self._create_order().order_line
        for names in (iter(["price_unit"]), (name for name in ["price_unit"]), ["price_unit"]):
            with patch.object(type(line), "_check_paper_plausible"), self.assertRaises(PaperAmountError):
                line._fields["price_unit"]._update_cache(line, -5.0)
                line._validate_fields(names)

    def test_on_every_path(self):
        """R3.2.1: written, made, imported or preset: such a figure does not get in."""
        spec = self._create_sheet()
        paths = {
            "write": lambda: spec.write({"core_diameter": 1e15}),
            "create": lambda: spec.create({"format": "reel", "core_diameter": 1e15}),
            "defaults": lambda: spec.with_context(default_core_diameter=1e15).create({"format": "reel"}),
            "copy": lambda: spec.copy({"core_diameter": 1e15}),
        }
        for path, attempt in paths.items():
            with self.subTest(path=path), self.assertRaises(ImplausibleValueError), self.cr.savepoint():
                attempt()
        with mute_logger("odoo.sql_db"):
            self.assertFalse(self.env["paper.spec"].load([".id", "core_diameter"], [[str(spec.id), "1e15"]])["ids"])
        self.assertNotEqual(spec.core_diameter, 1e15)
