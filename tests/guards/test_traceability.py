"""Clauses and tests: each test says what it proves, each covered clause is proved, the table is up to date."""

import ast
import unittest

import sources
import traceability


class TestTraceability(unittest.TestCase):
    def test_tests_name_clauses(self):
        """A test's docstring begins with the ids of the clauses that it proves, and those exist."""
        clauses = sources.config("clauses.toml")["clauses"]
        for addon in sources.addons():
            found = []
            for path, cls, method in sources.test_methods(addon):
                ids = sources.clause_ids(ast.get_docstring(method))
                place = f"{sources.where(path, method.lineno)}: {cls.name}.{method.name}"
                if not ids:
                    found.append(f"{place}: the docstring begins with no clause id")
                found += [f"{place}: there is no clause {name}" for name in ids if not _exists(name, clauses)]
            with self.subTest(addon=addon):
                self.assertEqual(found, [])

    def test_covered_clauses_are_proved(self):
        """Every clause that config/clauses.toml calls covered has a test."""
        covered = sources.config("clauses.toml")["covered"]
        if len(sources.addons()) < 9:
            self.skipTest("not every addon is there yet")
        proved = traceability.proofs()
        self.assertEqual([name for name in covered if name not in proved], [])

    def test_covered_clauses_are_walked(self):
        """Every covered clause has one or two tests of acceptance, and they drive a browser."""
        proved = traceability.proofs()
        for name in sources.config("clauses.toml")["covered"]:
            accepted = [test for test in proved.get(name, []) if test[2]]
            with self.subTest(clause=name):
                self.assertIn(len(accepted), (1, 2))
                self.assertTrue(all(browser for _place, browser, _accepted in accepted))

    def test_table_is_up_to_date(self):
        """docs/traceability.md is what ./mill lint --write would write."""
        path = sources.ROOT / "docs" / "traceability.md"
        written = path.read_text() if path.exists() else ""
        self.assertEqual(written, traceability.table(), "call ./mill lint --write")


def _exists(name, clauses):
    return name in clauses or any(other.startswith(f"{name}.") for other in clauses)
