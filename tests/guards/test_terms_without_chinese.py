"""What the stage "zh_CN complete" takes for a term without Chinese."""

import sys
import unittest

import sources

sys.path.insert(0, str(sources.ROOT))
from tools.mill.testing.translations import Allowed, judge, words  # noqa: E402

FIELD = "ir.model.fields,field_description"


class TestTermsWithoutChinese(unittest.TestCase):
    def setUp(self):
        terms = {
            "modules": {"website": ""},
            "models": {"res.currency": ""},
            "records": {"__tz__": ""},
            "terms": {"allowed": ["Odoo IAP"]},
        }
        self.allowed = Allowed(terms, {"units": ["kg"]})

    def missing(self, text, module="stock", name=FIELD, where="stock.x", translated=False):
        _counts, missing = judge([(module, name, where, text, translated)], self.allowed)
        return bool(missing)

    def test_faults(self):
        """A word, one of two letters, a title inside of markup: each is a fault while nothing translates it."""
        for text in ("Partner", "To Do", "in", '<i class="fa fa-phone" title="Call"/>', "%(count)s orders", "Operation..."):
            with self.subTest(text=text):
                self.assertTrue(self.missing(text))
                self.assertFalse(self.missing(text, translated=True))

    def test_no_faults(self):
        """Units, placeholders, markup without words, names of fields and files, what the lists allow."""
        for text in ("kg", "%(name)s (%s)", '<i class="fa fa-phone"/>', "mail.thread", "{{ object.name }}", "Odoo IAP", "https://x.example"):
            with self.subTest(text=text):
                self.assertFalse(self.missing(text))
        self.assertFalse(self.missing("Snippet", module="website"))
        self.assertFalse(self.missing("Cents", name="res.currency,currency_subunit_label"))
        self.assertFalse(self.missing("Navajo", where="base.selection__res_partner__tz__navajo"))

    def test_each_allowance_is_needed(self):
        """A term stands in the list because it would be a fault otherwise, and is there once."""
        allowed = Allowed.read()
        listed = sources.config("allowed_terms.toml")["terms"]["allowed"]
        self.assertEqual([term for term in listed if not words(term, allowed.words)], [])
        self.assertEqual(len(listed), len(set(listed)))
