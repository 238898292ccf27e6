from odoo.tests import tagged

from ...exceptions import GradeInUseError, SpecLockedError
from ..common import PaperCommon

LIMIT = {"name": "Basis weight", "has_minimum": True, "minimum": 77}


@tagged("post_install", "-at_install")
class TestSpecLock(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spec = cls._create_sheet(limit_ids=[(0, 0, LIMIT)])

    def test_a_locked_specification_cannot_be_changed(self):
        """R4.1.3: what a contract refers to stays, for the salesperson, the administrator and code with all rights."""
        self.spec._lock()
        admin = self.env.ref("base.user_admin")
        for user in (self.salesman, admin, self.env.ref("base.user_root")):
            spec = self.spec.with_user(user)
            for values in ({"width": 700}, {"locked": False}, {"packing": "x"}, {"active": False, "width": 1}):
                with self.subTest(user=user.login, values=values), self.assertRaises(SpecLockedError):
                    spec.write(values)
            with self.subTest(user=user.login), self.assertRaises(SpecLockedError):
                spec.unlink()
        self.spec.active = False
        self.assertEqual(self.spec.width, 787)

    def test_the_grade_of_a_locked_specification_keeps_its_name(self):
        """R4.1.3: what a contract calls by its grade and standard is not renamed, in no language; a grade not agreed is."""
        grade = self.spec.grade_id
        grade.name = "Offset Paper"
        self.spec._lock()
        said = self.spec.display_name
        for user in (self.salesman, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            own = grade.with_user(user).sudo()
            for rename in (
                lambda own=own: own.write({"name": "Newsprint"}),
                lambda own=own: own.with_context(lang="zh_CN").write({"name": "新闻纸"}),
                lambda own=own: own.update_field_translations("name", {"en_US": "Newsprint"}),
                lambda own=own: own.write({"standard": "GB/T 1"}),
                lambda own=own: own.write({"standard_edition": "1901"}),
            ):
                with self.subTest(user=user.login), self.assertRaises(GradeInUseError):
                    rename()
        grade.write({"name": grade.name, "active": False, "note": "Made until 2026"})
        self.assertEqual(self.spec.display_name, said)

    def test_the_limits_of_a_locked_specification_stay(self):
        """R4.1.3: the agreed limits belong to the contract; none is added, moved in, changed or removed."""
        other = self._create_sheet(limit_ids=[(0, 0, LIMIT)])
        self.spec._lock()
        limits = self.env["paper.spec.limit"].with_user(self.salesman)
        with self.assertRaises(SpecLockedError):
            limits.create({**LIMIT, "spec_id": self.spec.id})
        for values in ({"minimum": 1}, {"spec_id": other.id}):
            with self.subTest(values=values), self.assertRaises(SpecLockedError):
                self.spec.limit_ids.with_user(self.salesman).write(values)
        with self.assertRaises(SpecLockedError):
            other.limit_ids.with_user(self.salesman).write({"spec_id": self.spec.id})
        with self.assertRaises(SpecLockedError):
            self.spec.limit_ids.with_user(self.salesman).unlink()
        with self.assertRaises(SpecLockedError):
            self.spec.with_user(self.salesman).write({"limit_ids": [(0, 0, LIMIT)]})

    def test_confirming_locks(self):
        """R4.1.3: the specifications of a confirmed order are locked, whichever way it was confirmed."""
        orders = self._create_order() | self._create_order()
        self.assertFalse(any(orders.order_line.paper_spec_id.mapped("locked")))
        orders[0].with_user(self.salesman).action_confirm()
        orders[1]._by_step("state").state = "sale"
        self.assertTrue(all(orders.order_line.paper_spec_id.mapped("locked")))
        made = self._create_order(state="sale")
        self.assertTrue(made.order_line.paper_spec_id.locked)
        added = self._create_sheet()
        made.write({"order_line": [(0, 0, self._prepare_line(added))]})
        self.assertTrue(added.locked)

    def test_a_change_makes_a_revision(self):
        """R4.1.3: a locked specification is revised: a new record that points back and can be changed."""
        self.spec._lock()
        action = self.spec.with_user(self.salesman).action_revise()
        revision = self.env["paper.spec"].browse(action["res_id"])
        self.assertEqual((revision.previous_id, revision.revision, revision.locked), (self.spec, 2, False))
        self.assertEqual(revision.limit_ids.mapped("minimum"), [77])
        revision.width = 790
        self.assertEqual(self.spec.width, 787)
        self.assertEqual(self.spec.next_ids, revision)
        self.assertEqual(revision._revise({"width": 800}).revision, 3)

    def test_a_copy_is_free(self):
        """R4.1.3: a copy of a locked specification is a new, unlocked one without a history."""
        self.spec._lock()
        copy = self.spec.copy()
        self.assertFalse(copy.locked or copy.previous_id)
        self.assertEqual(copy.revision, 1)

    def test_one_list_says_what_is_agreed(self):
        """R4.1.1: everything that describes the paper is agreed, but for what the mill keeps beside it."""
        spec = self.env["paper.spec"]
        beside = {"reference", "active", "company_id", "partner_id", "revision", "previous_id", "locked"}
        own = {name: field for name, field in spec._fields.items() if field._module == "paper_base"}
        columns = {name for name, field in own.items() if field.store and field.column_type}
        automatic = {"id", "create_uid", "create_date", "write_uid", "write_date"}
        self.assertEqual(set(spec._agreed_fields()), columns - beside - automatic)
        self.assertIn("method", self.env["paper.spec.limit"]._agreed_fields())
