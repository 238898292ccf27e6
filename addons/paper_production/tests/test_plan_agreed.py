from datetime import timedelta

from odoo import Command
from odoo.addons.paper_base.exceptions import ProduceBlockedError
from odoo.addons.paper_production.exceptions import PlanApprovalError, PlanLockedError, PlanQuantityError, PlanStateError
from odoo.addons.paper_production.models.approved import mrp_production, mrp_workorder, stock_move
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

SCALE = 3


@tagged("post_install", "-at_install")
class TestPlanAgreed(PaperProductionCommon):
    """What an approved plan agreed on: every field, every way, every person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order(cls.create_spec(tolerance_minus=5, tolerance_plus=5))
        cls.production = cls.productions(cls.order)
        cls.plan = cls.approved_plan(cls.production)
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.group_ids += cls.env.ref("mrp.group_mrp_manager")
        cls.other_order = cls.create_order()
        cls.other_company = cls.env["res.company"].create({"name": "Another Mill"})
        cls.other_paper = cls.create_made_to_order("Another paper")

    # Every field that is agreed on, and every other way

    def other(self, record, name):
        """Return another value for a field than its own."""
        field, value = record._fields[name], record.sudo()[name]
        if field.type == "datetime":
            return (value or record.env.cr.now()) + timedelta(days=30)
        if field.type in ("float", "integer"):
            return (value or 1) * SCALE
        if field.type == "boolean":
            return not value
        if name == "state":
            return "cancel"
        if field.type == "char":
            return f"{value or ''}!"
        if name == "reference_ids":
            return [Command.clear()]
        if field.type == "selection":
            return next(key for key in field.get_values(self.env) if key != value)
        if field.type == "many2many":
            return [Command.clear()] if value else [Command.link(record.sudo().production_id.workorder_ids[-1:].id)]
        if field.comodel_name == "res.company":
            return self.other_company.id
        domain = [("id", "!=", value.id)]
        if "company_id" in self.env[field.comodel_name]._fields:
            domain.append(("company_id", "in", [False, record.sudo().company_id.id]))
        found = self.env[field.comodel_name].search(domain, limit=1)
        return found.id or False

    def writes(self, record, names):
        values = {name: self.other(record, name) for name in names}
        return {f"{record._name} {name}": lambda n=name: record.write({n: values[n]}) for name in names}

    def ways(self, user):
        """Return every way to change what was agreed on."""
        env = self.production.with_user(user).env
        production = self.production.with_env(env)
        work, last = production.workorder_ids[:1], production.workorder_ids[-1:]
        component = production.move_raw_ids[:1]
        extra = {
            "product_id": self.pulp.id,
            "product_uom_qty": 5,
            "product_uom": self.kg.id,
            "raw_material_production_id": production.id,
            "location_id": component.location_id.id,
            "location_dest_id": component.location_dest_id.id,
        }
        operation = {
            "name": "Extra",
            "production_id": production.id,
            "workcenter_id": self.winder.id,
            "product_uom_id": self.kg.id,
        }

        def wizard():
            env["change.production.qty"].create({"mo_id": production.id, "product_qty": 3000}).change_prod_qty()

        return {
            **self.writes(production, mrp_production.AGREED),
            **self.writes(last, [name for name in mrp_workorder.AGREED if name not in ("production_id", "leave_id")]),
            **self.writes(component, [name for name in stock_move.AGREED if name not in ("production_id", "bom_line_id")]),
            "quantity wizard": wizard,
            "unplan": production.button_unplan,
            "plan anew": work.action_replan,
            "cancel": production.action_cancel,
            "delete": production.unlink,
            "cancel the work": work.action_cancel,
            "cancel the work by its state": lambda: work.set_state("cancel"),
            "delete the work": last.unlink,
            "add work": lambda: env["mrp.workorder"].create(operation),
            "add work by the order": lambda: production.write({"workorder_ids": [Command.create(operation)]}),
            "move the time": lambda: work.leave_id.write({"date_from": work.date_start - timedelta(days=9)}),
            "free the time": lambda: work.leave_id.unlink(),
            "cancel a component": lambda: component.write({"state": "cancel"}),
            "delete a component": component.unlink,
            "delete a component by the order": lambda: production.write({"move_raw_ids": [Command.delete(component.id)]}),
            "add a component": lambda: env["stock.move"].create(extra),
            "add a component by its defaults": lambda: env["stock.move"]
            .with_context(default_raw_material_production_id=production.id)
            .create({name: value for name, value in extra.items() if name != "raw_material_production_id"}),
            "more by the work": lambda: last.write({"production_id": self.productions(self.other_order).id}),
        }

    def facts(self):
        self.env.flush_all()
        self.env.invalidate_all()
        production = self.production.sudo().exists()
        works, moves = production.workorder_ids, production.move_raw_ids | production.move_finished_ids
        return [
            [(rec.id, *(str(rec[name]) for name in names)) for rec in records]
            for records, names in (
                (production, mrp_production.AGREED),
                (works, (*mrp_workorder.AGREED, "state")),
                (works.leave_id, ("date_from", "date_to")),
                (moves, ("product_id", "product_uom_qty", "state")),
            )
        ]

    def test_nobody_changes_it(self):
        """R5.1.2: nothing that the approved plan agreed on is changed, whoever tries, on whatever way."""
        before = self.facts()
        people = [self.operator, self.planner, self.supervisor, self.admin, self.env.user, self.seller]
        for user in people:
            for name, way in self.ways(user).items():
                with self.subTest(user=user.login, way=name), self.assertRaises(UserError) as caught:
                    way()
                # Who does not see the other company is told that first.
                if user in (self.operator, self.planner, self.supervisor) and "company_id" not in name:
                    with self.subTest(user=user.login, way=name, words=str(caught.exception)):
                        self.assertIsInstance(caught.exception, PlanLockedError)
            self.assertEqual(self.facts(), before, user.login)
        self.assertFalse(self.plan.sudo().change_ids)

    def test_an_import_changes_nothing(self):
        """R5.1.2: an import is refused as well, and says why."""
        before = self.facts()
        result = self.env["mrp.production"].with_user(self.planner).load(
            [".id", "product_qty", "date_start"], [[str(self.production.id), "3000", "2099-01-01 08:00:00"]]
        )
        self.assertFalse(result["ids"])
        self.assertIn(self.plan.name, result["messages"][0]["message"])
        self.assertEqual(self.facts(), before)

    def test_a_refusal_leads_to_the_plan(self):
        """R5.1.2: who is refused reads the order, the plan, who may, and what it was; the button opens the plan."""
        with self.assertRaises(PlanLockedError) as caught:
            self.production.with_user(self.operator).write({"product_qty": 3000})
        for word in (self.production.name, self.plan.name, "production supervisor", "Quantity"):
            self.assertIn(word, str(caught.exception))
        self.assertEqual(caught.exception.items[0]["action"]["res_id"], self.plan.id)
        with self.assertRaises(PlanLockedError) as caught:
            self.production.with_user(self.supervisor).write({"product_qty": 3000})
        self.assertIn("Amend the plan first", str(caught.exception))

    def test_within_the_tolerance(self):
        """R5.1.2: what the customer takes anyway is the planner's to change, the same value everybody's to save."""
        production = self.production.with_user(self.planner)
        production.write({"product_qty": 1040})
        with self.assertRaises(PlanLockedError):
            production.write({"product_qty": 1060})
        with self.assertRaises(PlanLockedError):
            production.write({"product_qty": 940})
        production.with_user(self.operator).write({"date_start": production.date_start, "product_qty": 1040})
        self.assertTrue(production.is_planned, "saving the same start takes no schedule back")
        self.assertFalse(self.plan.sudo().change_ids)

    def test_the_dialog_changes_what_follows_from_the_quantity(self):
        """R5.1.2: the dialog of the quantity takes the components along, within what the customer takes; beyond, the
        supervisor's change is kept as that of the quantity."""
        change = self.env["change.production.qty"].with_user(self.operator)
        before = self.production.move_raw_ids.product_uom_qty
        change.create({"mo_id": self.production.id, "product_qty": 1040}).change_prod_qty()
        self.assertEqual(self.production.product_qty, 1040)
        self.assertAlmostEqual(self.production.move_raw_ids.product_uom_qty, before * 1.04)
        with self.assertRaises(PlanLockedError):
            change.create({"mo_id": self.production.id, "product_qty": 1060}).change_prod_qty()
        self.assertFalse(self.plan.sudo().change_ids)
        self.amend(self.plan)
        change.with_user(self.supervisor).create({"mo_id": self.production.id, "product_qty": 1200}).change_prod_qty()
        self.assertEqual(self.plan.sudo().change_ids.mapped("field_name"), ["product_qty"])

    # The supervisor, with a reason

    def test_the_supervisor_changes_it_with_a_reason(self):
        """R5.1.2: every one of these ways is open to the supervisor who amends the plan; each change is kept."""
        self.amend(self.plan, "The pulp comes late")
        for name, way in self.ways(self.supervisor).items():
            kept = len(self.plan.sudo().change_ids)
            with self.subTest(way=name), self.env.cr.savepoint() as savepoint:
                try:
                    way()
                except UserError as refused:  # what Odoo itself refuses, such as another company
                    self.assertNotIsInstance(refused, PlanLockedError)
                else:
                    changes = self.plan.sudo().change_ids[: len(self.plan.sudo().change_ids) - kept]
                    self.assertTrue(changes, name)
                    self.assertEqual(set(changes.mapped("reason")), {"The pulp comes late"})
                    self.assertEqual(changes.user_id, self.supervisor)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_change_tells_who_when_what_and_why(self):
        """R5.1.2: a change tells who, when, what, from, to and why; departments have it before them, once an amendment."""
        plan = self.plan.with_user(self.supervisor)
        dialog = plan.action_amend()
        wizard = self.env[dialog["res_model"]].with_user(self.supervisor).browse(dialog["res_id"])
        wizard.reason = "The customer takes it earlier"
        wizard.action_apply()
        self.assertTrue(plan.can_end_amendment)
        self.production.with_user(self.supervisor).write({"product_qty": 1500})
        change = plan.change_ids
        self.assertEqual((change.production_name, change.what), (self.production.name, "Quantity To Produce"))
        self.assertEqual((change.old_value, change.new_value), ("1000", "1500"))
        self.assertEqual((change.user_id, change.reason), (self.supervisor, "The customer takes it earlier"))
        self.assertTrue(change.changed_on)
        told = self.plan.sudo().activity_ids.filtered(lambda rec: rec.paper_kind == "amended")
        for name in ("planning", "workshop", "purchasing", "equipment", "warehouse"):
            self.assertIn(self.users[name], told.user_id)
        self.assertIn("The customer takes it earlier", told[:1].summary)
        self.production.with_user(self.supervisor).write({"product_qty": 1600})
        again = self.plan.sudo().activity_ids.filtered(lambda rec: rec.paper_kind == "amended")
        self.assertEqual(again, told)

    def test_an_amendment_is_one_persons(self):
        """R5.1.2: an amendment opens the plan for who gave the reason alone, on that day, until it is ended."""
        colleague = new_test_user(self.env, "prod_supervisor_2", groups="paper_base.group_supervisor")
        for user in (self.operator, self.planner, self.admin):
            with self.assertRaises(UserError) as caught:
                self.plan.with_user(user).action_amend("I want it so")
            self.assertIsInstance(caught.exception, (PlanApprovalError, AccessError))
        self.amend(self.plan)
        with self.assertRaises(PlanStateError):
            self.plan.with_user(self.supervisor).action_amend("Again")
        for user in (colleague, self.planner, self.env.user):
            with self.assertRaises(PlanLockedError):
                self.production.with_user(user).write({"product_qty": 1500})
        with freeze_time(self.env.cr.now() + timedelta(days=1, hours=1)), self.assertRaises(PlanLockedError):
            self.production.with_user(self.supervisor).write({"product_qty": 1500})
        self.plan.with_user(self.supervisor).action_end_amendment()
        with self.assertRaises(PlanLockedError):
            self.production.with_user(self.supervisor).write({"product_qty": 1500})
        with self.assertRaises(PlanStateError):
            self.plan.with_user(self.supervisor).action_end_amendment()

    def test_records_are_nobodys_to_write(self):
        """R5.1.2: neither what was planned nor an amendment or a change is written, made or deleted by hand."""
        self.amend(self.plan)
        self.production.with_user(self.supervisor).write({"product_qty": 1500})
        for records in (self.plan.line_ids, self.plan.amendment_ids, self.plan.change_ids):
            for user in (self.supervisor, self.planner, self.admin):
                record = records[:1].with_user(user)
                for way in (lambda rec=record: rec.write({"create_date": False, rec._rec_name: "x"}), record.unlink, record.copy):
                    with self.subTest(model=record._name, user=user.login), self.assertRaises(UserError):
                        way()

    # What was planned

    def test_a_cancelled_plan_stays_readable(self):
        """R5.1.1, R5.1.2: a cancelled plan shows what it planned, and nobody has anything to do for it any more."""
        works = self.production.workorder_ids
        planned = [(work.name, work.workcenter_id.display_name, work.date_start, work.date_finished) for work in works]
        self.assertTrue(self.plan.sudo().activity_ids)
        self.plan.with_user(self.supervisor).action_cancel()
        self.assertFalse(self.plan.sudo().activity_ids)
        self.assertFalse(self.plan.production_ids)
        lines = self.plan.line_ids
        self.assertEqual([(rec.operation, rec.workcenter, rec.date_start, rec.date_finished) for rec in lines], planned)
        self.assertEqual(set(lines.mapped("production_name")), {self.production.name})
        self.assertEqual(set(lines.mapped("origin")), {self.order.name})
        self.assertEqual(set(lines.mapped("quantity_kg")), {1000})

    def test_a_finished_plan_leaves_nothing_to_do(self):
        """R5.1.2: with the last order of a plan its to-dos go, and its amendment ends."""
        self.make(self.production)
        self.passed(self.production)
        self.production.with_user(self.operator).button_mark_done()
        self.assertEqual(self.plan.state, "done")
        self.assertFalse(self.plan.sudo().activity_ids)
        with self.assertRaises(PlanLockedError):
            self.production.with_user(self.planner).write({"paper_spec_id": self.create_spec(width=999).id})

    # Before

    def test_a_submitted_plan_is_the_supervisors(self):
        """R5.1.2: what is before the supervisor, planning changes no more; he may, without further words."""
        production = self.productions(self.other_order)
        self.create_plan(production).action_submit()
        for user in (self.planner, self.operator):
            with self.assertRaises(PlanLockedError):
                production.with_user(user).write({"date_start": "2099-01-01 08:00:00"})
        production.with_user(self.supervisor).write({"date_start": "2099-01-01 08:00:00"})

    def test_nothing_is_scheduled_before(self):
        """R5.1.2: before the approval nothing is scheduled, on whatever way, nor do its components say it has begun."""
        production = self.productions(self.other_order)
        for plan in (False, self.create_plan(production)):
            for user in (self.operator, self.planner, self.supervisor, self.admin):
                mine = production.with_user(user)
                work, component = mine.workorder_ids[:1], mine.move_raw_ids[:1]
                dates = {"date_start": "2099-01-01 08:00:00", "date_finished": "2099-01-01 18:00:00"}
                line = {"move_id": component.id, "product_id": self.pulp.id, "quantity": 5, "picked": True}
                ways = {
                    "plan": mine.button_plan,
                    "plan anew": work.action_replan,
                    "dates": lambda w=work, v=dates: w.write(v),
                    "picked": lambda c=component: c.write({"quantity": 5, "picked": True}),
                    "done": lambda c=component: c.write({"state": "done"}),
                    "line": lambda m=mine, v=line: m.env["stock.move.line"].create(v),
                    "lines": lambda c=component: c.write({"move_line_ids": [
                        Command.create({"quantity": 5, "picked": True, "product_id": self.pulp.id, "company_id": c.company_id.id})
                    ]}),
                }
                for name, way in ways.items():
                    with self.subTest(plan=bool(plan), user=user.login, way=name), self.assertRaises(ProduceBlockedError):
                        way()
            self.assertEqual((production.state, production.is_planned), ("confirmed", False))

    def test_more_than_the_customer_takes_is_not_planned(self):
        """R5.1.2: a plan of more than ordered and the tolerance is not submitted, the parts of a line together."""
        production = self.productions(self.other_order)
        production.with_user(self.planner).write({"product_qty": 1300})
        plan = self.create_plan(production)
        with self.assertRaises(PlanQuantityError):
            plan.action_submit()
        production.with_user(self.planner).write({"product_qty": 1000})
        plan.action_submit()
        self.assertEqual(plan.state, "submitted")
