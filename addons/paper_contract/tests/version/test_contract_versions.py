from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ...exceptions import ContractImmutableError
from ...lib import compare
from ..common import ContractCommon

TEXT = st.text(alphabet="供方需方交货，。5 %日abc\n", max_size=40)


@tagged("post_install", "-at_install")
class TestCompare(BaseCase):
    @settings(max_examples=200, deadline=None)
    @given(TEXT, TEXT)
    def test_nothing_is_lost(self, old, new):
        """R4.1.1: side by side, each side still says all of its text, and what is the same on both sides is the same."""
        left, right = compare.compare(old, new)
        self.assertEqual("".join(text for _kind, text in left), old)
        self.assertEqual("".join(text for _kind, text in right), new)
        self.assertEqual(*("".join(text for kind, text in side if kind == "same") for side in (left, right)))
        self.assertEqual(old == new, all(kind == "same" for kind, _text in left + right))

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.integers(0, 8), unique=True), st.lists(st.integers(0, 8), unique=True))
    def test_each_clause_once(self, old, new):
        """R4.1.1: each clause of both versions is shown once, the new ones in their order."""
        clauses = [[{"key": key, "name": f"name {key}"} for key in side] for side in (old, new)]
        pairs = compare.pair(*clauses)
        self.assertCountEqual([left["key"] for left, _right in pairs if left], old)
        self.assertEqual([right["key"] for _left, right in pairs if right], new)
        self.assertTrue(all(left["key"] == right["key"] for left, right in pairs if left and right))


@tagged("post_install", "-at_install")
class TestContractVersions(ContractCommon):
    def test_every_draft_is_kept(self):
        """R4.1.1: each draft is kept with its hash: drafted, submitted, submitted again, sent."""
        contract = self.build_contract(state="review")
        contract.current_review_id.with_user(self.legal).action_return("Mend packing.")
        contract.clause_ids.filtered(lambda item: item.name == "包装").with_user(self.sales).body = "木托盘包装。"
        contract.with_user(self.sales).action_submit_review()
        contract.current_review_id.with_user(self.legal).action_accept()
        contract.with_user(self.sales).action_send()
        versions = contract.version_ids.sorted("number")
        self.assertEqual(versions.mapped("reason"), ["drafted", "submitted", "submitted", "sent"])
        drafted, first, second, sent = versions.mapped("sha256")
        self.assertEqual(len({drafted, first, second}), 3)  # the blanks were filled in, then the packing was mended
        self.assertEqual(sent, second)
        self.assertTrue(all(versions.mapped("intact")))
        html = versions[1]._difference(versions[2])
        self.assertIn("木托盘", html)
        self.assertIn("bg-danger-subtle", html)
        self.assertNotIn("统一社会信用代码", html)
        self.assertIn("统一社会信用代码", versions[1]._difference(versions[2], changed_only=False))

    def test_all_steps_by_one_user(self):
        """R4.1.1: versions are numbered in their order when one program takes several steps in one go, too."""
        contract = self.env["paper.contract"].with_user(self.sales).create({"order_id": self.build_order().id})
        for reason in ("submitted", "sent", "submitted"):
            contract.version_ids._keep(contract, reason)
        self.assertEqual(contract.version_ids.sorted("id").mapped("number"), [1, 2, 3, 4])
        action = contract.action_compare_versions()
        versions = contract.version_ids.sorted("number")
        self.assertEqual(action["context"]["default_old_id"], versions[2].id)
        self.assertEqual(action["context"]["default_new_id"], versions[3].id)

    def test_refilling_loses_nothing(self):
        """R4.1.1: what was typed before the clauses were taken from the templates again is in a version."""
        contract = self.build_contract().with_user(self.sales)
        contract.clause_ids[3].body = "typed by hand"
        contract.action_refill()
        kept = contract.version_ids.filtered(lambda item: item.reason == "refilled")
        self.assertIn("typed by hand", str(kept.content))

    def test_versions_stay(self):
        """R4.1.1: nobody changes, removes or adds a version; one changed past the system shows."""
        contract = self.build_contract()
        version = contract.version_ids
        for user in (self.sales, self.manager, self.legal):
            for attempt in (
                lambda rec: rec.write({"content": {}}), lambda rec: rec.unlink(), lambda rec: rec.copy(),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    attempt(version.with_user(user))
        with self.assertRaises(ContractImmutableError):
            version.sudo().write({"sha256": "0"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE paper_contract_version SET content = jsonb_set(content, '{language}', '\"xx\"') WHERE id = %s", [version.id]
        )
        self.env.invalidate_all()
        self.assertFalse(version.intact)

    def test_text_is_escaped(self):
        """R4.1.1: what stands in a clause is shown as text, never as HTML."""
        contract = self.build_contract().with_user(self.sales)
        contract.clause_ids[3].body = "<img src=x onerror=alert(1)>"
        contract.action_refill()
        old, new = contract.version_ids.sorted("number")[-2:]
        self.assertNotIn("<img", old._difference(new, changed_only=False))

    def test_dialog(self):
        """R4.1.1: who reads the contract reads two versions side by side; other departments do not, for the prices."""
        contract = self.build_contract(state="sent").with_user(self.legal)
        action = contract.action_compare_versions()
        wizard = self.env["paper.contract.compare"].with_user(self.legal).with_context(**action["context"]).create({})
        self.assertTrue(wizard.difference)
        with self.assertRaises(AccessError):
            contract.version_ids.with_user(self.planner).mapped("content")
