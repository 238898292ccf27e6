from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exceptions import EntryDifferenceError, EntryNoteError, EntryRightError, ProtectionError
from .common import CHECKED, PHOTO, PaperEntryCommon


@tagged("post_install", "-at_install")
class TestEntryNote(PaperEntryCommon):
    def test_three_differences_are_named(self):
        """R6.1.2: 17 of 18 scanned, one of another order, one held: refused with three named lines; then the value is exact."""
        other = self.rolls(self.order(1, "X"))
        rolls = self.rolls()
        held = rolls[4]
        held.with_user(self.inspector).action_hold("streak")
        note = self.note()
        self.assertEqual(note.expected_count, 18)
        for lot in rolls[:17] | other:
            note._scan(lot.name)
        note.write({**CHECKED, "protection_photo": PHOTO})
        with self.assertRaises(EntryDifferenceError) as caught:
            note.action_enter()
        lines = str(caught.exception).splitlines()
        self.assertEqual(len(lines), 3)
        for lot in (rolls[17], other, held):
            self.assertTrue(any(lot.name in line for line in lines), lot.name)
        self.assertEqual(self.on_stock(), 0)
        for line in note.line_ids.filtered(lambda rec: rec.verdict != "ok"):
            line.with_user(self.keeper).action_settle("left on the floor or put back")
        note.action_enter()
        self.assertEqual(self.production.state, "done")
        self.assertEqual(self.on_stock(), 1600)
        self.assertEqual(self.rolls(), rolls[:17] - held)
        rest = self.production.production_group_id.production_ids - self.production
        self.assertEqual(self.rolls(rest), held | rolls[17])
        # What was used is shared exactly: 1,050 kg of pulp at 4 a ton, of 16 rolls here and of 2 there.
        made = self.production.move_finished_ids.filtered(lambda move: move.product_id == self.paper)
        work = sum(one._cal_cost() for one in self.production.workorder_ids)
        self.assertAlmostEqual(made.value, 1600 * 1.05 * 4 + work, 2)
        self.assertAlmostEqual(sum(rest.move_raw_ids.mapped("quantity")), 200 * 1.05, 2)

    def test_the_rest_follows(self):
        """R6.1.2: what stayed on the floor enters by a second note, and together it is worth what was used."""
        rolls = self.rolls()
        first = self.note()
        for lot in rolls[:10]:
            first._scan(lot.name)
        first.line_ids.filtered(lambda line: line.verdict == "missing").with_user(self.keeper).action_settle("next shift")
        first.write({**CHECKED, "protection_photo": PHOTO})
        first.action_enter()
        rest = self.production.production_group_id.production_ids - self.production
        rest.sudo().workorder_ids.button_finish()
        rest.sudo()._make_final_inspections()
        self.passed(rest)
        second = self.note(rest)
        for lot in rolls[10:]:
            second._scan(lot.name)
        second.write({**CHECKED, "protection_photo": PHOTO})
        second.action_enter()
        self.assertEqual((self.on_stock(), rest.state), (1800, "done"))
        values = sum(
            (self.production | rest).move_finished_ids.filtered(lambda move: move.product_id == self.paper).mapped("value")
        )
        work = sum(one._cal_cost() for one in (self.production | rest).workorder_ids)
        self.assertAlmostEqual(values, 1800 * 1.05 * 4 + work, 2)

    def test_every_path_leads_over_the_note(self):
        """R6.1.2: the workshop does not enter what has a note: by button, by its move, as a backorder, administrator or not."""
        self.note()
        for user in (self.hand, self.worker, self.env.ref("base.user_admin")):
            production = self.production.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(UserError), self.env.cr.savepoint():
                production.button_mark_done()
            with self.subTest(user=user.login, move=True), self.assertRaises(UserError), self.env.cr.savepoint():
                move = production.move_finished_ids
                move.picked = True
                move._action_done()
            with self.subTest(user=user.login, context=True), self.assertRaises(UserError), self.env.cr.savepoint():
                production.with_context(paper_entry_note=True, skip_backorder=True).button_mark_done()
        self.assertEqual(self.on_stock(), 0)

    def test_by_setting_without_a_note(self):
        """R6.1.2: where the company says so, nothing enters without a note; otherwise orders without one enter as before."""
        self.env.company.paper_entry_by_note = True
        with self.assertRaises(EntryNoteError):
            self.production.with_user(self.worker).button_mark_done()
        self.env.company.paper_entry_by_note = False
        self.production.with_user(self.worker).button_mark_done()
        self.assertEqual(self.on_stock(), 1800)

    def test_who_may(self):
        """R6.1.2: the workshop hands over and does not enter; the warehouse enters and makes no roll."""
        note = self.env["paper.entry.note"].with_user(self.hand).create({"production_id": self.production.id})
        for method in ("action_enter", "action_scan_page", "action_refresh"):
            with self.subTest(method=method), self.assertRaises(EntryNoteError):
                getattr(note, method)()
        for vals in ({"state": "entered"}, {"entered_by_id": self.hand.id}, {"check_wrap": True}):
            with self.subTest(**vals), self.assertRaises(UserError):
                note.write(vals)
        with self.assertRaises(EntryNoteError):
            note.with_user(self.keeper).line_ids[:1].write({"scanned": True})
        with self.assertRaises(EntryRightError):
            self.env["paper.entry.note"].with_user(self.seller).create({"production_id": self.production.id})

    def test_protection(self):
        """R6.1.2: nothing enters before wrapping, caps, edges, floor and humidity were checked, with a photo."""
        note = self.note()
        for lot in self.rolls():
            note._scan(lot.name)
        for vals in (CHECKED, {"protection_photo": PHOTO, "check_floor": False}):
            note.write(vals)
            with self.assertRaises(ProtectionError):
                note.action_enter()
        note.write({**CHECKED, "protection_photo": PHOTO})
        note.action_enter()
        self.assertEqual((note.state, note.entered_by_id), ("entered", self.keeper))

    def test_scans_are_judged(self):
        """R6.1.2: unknown, twice, another weight, another specification, unweighed: each is told by its number."""
        note, rolls = self.note(), self.rolls()
        self.assertEqual(note._scan("NOBODY"), "unknown")
        self.assertEqual(note._scan(rolls[0].name), "ok")
        self.assertEqual(note._scan(rolls[0].name), "double")
        self.assertEqual(note._scan(rolls[1].name, 95), "weight")
        self.assertEqual(note._scan(rolls[1].name, 100.5), "ok")
        rolls[2]._by_step().write({"paper_gross_kg": 0, "paper_tare_kg": 0})
        self.assertEqual(note._scan(rolls[2].name), "unweighed")
        rolls[3].paper_spec_id = self.create_spec(basis_weight=90)
        self.assertEqual(note._scan(rolls[3].name), "spec")
        events = [{"uid": "e" * 32, "kind": "scan", "code": rolls[5].name}] * 2
        self.assertEqual([answer["state"] for answer in note._take_events(events, ("scan",))], ["kept", "known"])
        self.assertIn(rolls[2].name, note.difference_text)

    def test_another_company(self):
        """R6.1.2: another company sees no note of this one."""
        note = self.note()
        company = self.env["res.company"].create({"name": "Other Mill"})
        other = self.keeper.copy({"login": "entry_other", "company_id": company.id, "company_ids": [Command.set(company.ids)]})
        self.assertFalse(self.env["paper.entry.note"].with_user(other).search_count([("id", "=", note.id)]))
