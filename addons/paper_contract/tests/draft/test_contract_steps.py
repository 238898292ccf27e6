from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...exceptions import ContractImmutableError, ContractRoleError, ContractStateError
from ..common import SIGNATURE, ContractCommon
from ..kept import KeptRecords

# Records that the steps of a contract make and keep, and nobody by hand.
KEPT = (
    "paper.contract.version",
    "paper.contract.warning",
    "paper.contract.review",
    "paper.contract.copy",
    "paper.contract.signature",
    "paper.contract.document",
    "paper.contract.question",
    "paper.order.promise",
)
FORGED = {
    "state": "in_force",
    "name": "HT-FORGED",
    "version": 9,
    "in_force_on": "2026-01-01 00:00:00",
    "customer_signed_by": "Forged",
    "customer_signed_on": "2026-01-01 00:00:00",
    "customer_signature_kind": "certified",
    "company_signed_by": "Forged",
    "company_signed_on": "2026-01-01 00:00:00",
    "performance_on": "2026-01-01 00:00:00",
    "reviewed_digest": "0" * 64,
    "sent_with_blanks": True,
    "late_reason": "Forged",
    "applied_on": "2026-01-01 00:00:00",
    "ended_reason": "Forged",
}


@tagged("post_install", "-at_install")
class TestContractSteps(KeptRecords, ContractCommon):
    """Whatever way it is tried by, nobody stamps a contract by hand: not sales, legal or management, not the administrator,
    not code that calls ``sudo()`` (R4.1.3).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.people = cls.sales | cls.legal | cls.manager | cls.admin

    def assert_unstamped(self, contract):
        self.env.flush_all()
        contract.invalidate_recordset()
        self.assertEqual(contract.state, "draft")
        for name, value in FORGED.items():
            self.assertNotEqual(contract.sudo()[name], contract._fields[name].convert_to_record(value, contract), name)
            if name not in ("state", "name"):
                self.assertFalse(contract.sudo()[name], name)

    # A new contract

    def test_defaults_in_the_context(self):
        """R4.1.3: a client's default values stamp no new contract."""
        context = {f"default_{name}": value for name, value in FORGED.items()}
        context.update(default_drafter_id=self.legal.id, default_drafter_ids=[Command.set(self.legal.ids)])
        for user in (self.sales, self.manager):
            model = self.env["paper.contract"].with_user(user).with_context(**context)
            for create in (
                lambda model=model: model.create({"order_id": self.build_order().id}),
                lambda model=model: model.sudo().create({"order_id": self.build_order().id}),
                lambda model=model: model.with_context(default_order_id=self.build_order().id).create({}),
            ):
                with self.subTest(user=user.login):
                    contract = create()
                    self.assert_unstamped(contract)
                    self.assertEqual((contract.drafter_id, contract.drafter_ids), (user, user))
                    self.assertEqual(contract.company_id, self.company)
        self.assertFalse(
            self.env["paper.contract"].with_user(self.sales).with_context(**context).default_get(["customer_signed_by"])
        )

    def test_saved_defaults(self):
        """R4.1.3: values that users save as their defaults stamp no new contract."""
        for name in ("customer_signed_by", "state"):
            self.env["ir.default"].set("paper.contract", name, FORGED[name])
        contract = self.env["paper.contract"].with_user(self.sales).create({"order_id": self.build_order().id})
        self.assert_unstamped(contract)

    def test_an_order_in_the_context_is_checked(self):
        """R4.1.3: an order that comes as a default is checked like one that is given."""
        order = self.build_order()
        model = self.env["paper.contract"].with_context(default_order_id=order.id)
        with self.assertRaises(AccessError):
            model.with_user(self.colleague).create({})
        for user in (self.legal, self.planner):
            with self.subTest(user=user.login), self.assertRaises(ContractRoleError):
                model.with_user(user).sudo().create({})
        contract = self.build_contract()
        with self.assertRaises(ContractStateError):
            model.with_user(self.sales).with_context(default_parent_id=contract.id).create({})

    def test_values_import_and_copy(self):
        """R4.1.3: neither values nor import nor copy make a contract that its steps did not take there."""
        order = self.build_order()
        for name, value in FORGED.items():
            for user in self.people:
                for model in (self.env["paper.contract"].with_user(user), self.env["paper.contract"].with_user(user).sudo()):
                    with self.subTest(field=name, user=user.login, su=model.env.su), self.assertRaises(UserError):
                        model.create({"order_id": order.id, name: value})
        model = self.env["paper.contract"].with_user(self.sales)
        for name in ("state", "customer_signed_by", "company_signed_on"):
            result = model.load(["order_id/.id", name], [[str(order.id), str(FORGED[name])]])
            with self.subTest(imported=name):
                self.assertFalse(result["ids"])
        contract = self.build_contract(order, state="sent").with_user(self.sales)
        contract.action_cancel()
        self.assert_unstamped(contract.copy())
        for name, value in FORGED.items():
            with self.subTest(copied=name), self.assertRaises(ContractImmutableError):
                contract.copy({name: value})

    def test_commands_of_the_order(self):
        """R4.1.3: nor do the commands of its order."""
        order = self.build_order().with_user(self.sales)
        with self.assertRaises(ContractImmutableError):
            order.write({"contract_ids": [Command.create({"state": "in_force"})]})
        order.with_context(default_customer_signed_by="Forged").write({"contract_ids": [Command.create({})]})
        self.assert_unstamped(order.contract_id)

    def test_forged_clauses(self):
        """R4.1.3: no clause is made with a fixed text, or for a contract that is no draft any more."""
        forged = [Command.create({"name": "Price", "body": "x", "frozen_text": "Free of charge"})]
        model = self.env["paper.contract"].with_user(self.sales)
        with self.assertRaises(ContractImmutableError):
            model.create({"order_id": self.build_order().id, "clause_ids": forged})
        with self.assertRaises(ContractImmutableError):
            model.with_context(default_clause_ids=forged).create({"order_id": self.build_order().id})
        contract = self.build_contract().with_user(self.sales)
        clause = contract.clause_ids.with_context(default_frozen_text="Free").create(
            {"contract_id": contract.id, "name": "Extra", "body": "x"}
        )
        self.assertFalse(clause.frozen_text)
        sent = self.build_contract(state="sent").with_user(self.sales)
        for create in (
            lambda: sent.clause_ids.create({"contract_id": sent.id, "name": "Late"}),
            lambda: sent.clause_ids.with_context(default_contract_id=sent.id).create({"name": "Late"}),
            lambda: sent.instalment_ids.with_context(default_contract_id=sent.id).create(
                {"date": "2026-12-01", "quantity": 1, "order_line_id": sent.order_id.order_line.id}
            ),
        ):
            with self.assertRaises(ContractImmutableError):
                create()

    # A contract that stands

    def test_writing(self):
        """R4.1.3: nobody writes a status, a signature or a stamp, in no state."""
        for state in ("draft", "sent", "in_force"):
            contract = self.build_contract(state=state)
            for name, value in FORGED.items():
                if name == "state" and value == state:
                    continue
                for user in self.people:
                    for rec in (contract.with_user(user), contract.with_user(user).sudo()):
                        with self.subTest(state=state, field=name, user=user.login, su=rec.env.su):
                            before = contract.sudo()[name]
                            with self.assertRaises(UserError), self.env.cr.savepoint():
                                rec.write({name: value})
                            self.assertEqual(contract.sudo()[name], before)

    @mute_logger("odoo.addons.base.models.ir_actions")
    def test_server_actions(self):
        """R4.1.3: nor does the code of a server action, with sudo or a forged permit."""
        contract = self.build_contract(state="sent")
        model = self.env["ir.model"]._get_id("paper.contract")
        for code in (
            "records.write({'state': 'in_force'})",
            "records.sudo().write({'customer_signed_by': 'Forged'})",
            "env['paper.contract.signature'].sudo().create({'contract_id': record.id, 'side': 'customer', 'kind': 'paper'})",
            "record.with_context(paper_step='paper.contract').sudo().write({'customer_signed_by': 'Forged'})",
        ):
            action = self.env["ir.actions.server"].create(
                {"name": "Forge", "model_id": model, "state": "code", "code": code}
            )
            with self.subTest(code=code), self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                action.with_user(self.admin).with_context(
                    active_model="paper.contract", active_id=contract.id, active_ids=contract.ids
                ).run()
        self.assertEqual((contract.state, contract.customer_signed_by), ("sent", False))
        self.assertFalse(contract.signature_ids)

    def test_what_is_recorded_after_the_end(self):
        """R4.1.3: not even a step changes what was signed; how the contract ends is said at the fields."""
        contract = self.build_contract(state="in_force")
        for values in ({"version": 2}, {"partner_id": self.company.partner_id.id}, {"language": "en_US"}):
            with self.subTest(values=values), self.assertRaises(ContractImmutableError):
                contract._set(values)
        after = {name for name, field in contract._fields.items() if getattr(field, "after_end", False)}
        self.assertEqual(after, {"state", "ended_on", "ended_by_id", "ended_reason", "applied_on", "applied_terms"})

    # What belongs to it

    def kept_records(self):
        contract = self.build_contract(state="in_force")
        self.env["paper.contract.question"]._ask(contract.sudo(), self.customer, "When?")
        contract.warning_ids._by_step().create({"contract_id": contract.id, "code": "tolerance"})
        other = self.build_order()
        other.commitment_date = "2026-12-24 08:00:00"
        return {model: self.env[model].search([], order="id desc", limit=1) for model in KEPT}

    @mute_logger("odoo.sql_db")
    def test_what_the_steps_keep(self):
        """R4.1.3: what the steps keep of a contract is written, made, copied and deleted by nobody."""
        for model, record in self.kept_records().items():
            self.assert_kept(record, self.people | self.planner, model)

    # In the database

    def trigger_columns(self, model):
        self.env.cr.execute(
            """SELECT tgargs FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal
                  AND tgname LIKE 'paper_contract%%'""",
            [model._table],
        )
        return {name.decode() for (args,) in self.env.cr.fetchall() for name in bytes(args).split(b"\0") if name}

    def test_what_is_settled_is_frozen_in_the_database(self):
        """R4.1.3: every field that steps or hands write, but for those that go on, is compared by the database itself."""
        for name in ("", ".clause", ".change", ".instalment", ".document", ".signature"):
            model = self.env[f"paper.contract{name}"]
            with self.subTest(model=model._name):
                columns = {
                    field.name
                    for field in model._fields.values()
                    if model._by_hand(field.name) is not None
                    and field.store and field.column_type and not field.related
                    and not getattr(field, "after_end", False)
                }
                self.assertTrue(columns)
                self.assertEqual(self.trigger_columns(model), columns)

    def test_a_field_of_another_addon_is_frozen(self):
        """R4.1.3: a field that another addon has its steps write is frozen in the database, too."""
        contract = self.build_contract(state="in_force")
        field = self.env["paper.contract"]._fields["access_token"]
        query = "UPDATE paper_contract SET access_token = 'x' WHERE id = %s"
        self.env.flush_all()
        with patch.object(field, "by_steps", True, create=True):
            self.env["paper.contract"].init()
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, [contract.id])
        self.env["paper.contract"].init()
        self.env.cr.execute(query, [contract.id])

    # Buttons and to-dos

    def test_buttons_ask_what_the_steps_ask(self):
        """R4.1.3: each button is shown to who may take its step, and to nobody else."""
        contract = self.build_contract()
        can = {
            "draft": {"submit": "sm", "edit": "sm", "cancel": "sm"},
            "reviewed": {"send": "sm", "redraft": "sm", "cancel": "sm"},
            "sent": {
                "redraft": "sm", "cancel": "sm", "sign_company": "m", "record_signature": "sm", "see_paper": "slm",
                "record_performance": "m", "renew_link": "sm", "preview": "slmp", "check_integrity": "slmp",
                "export_case": "slmp",
            },
            "in_force": {
                "supplement": "sm", "terminate": "m", "cancel": "m", "preview": "slmp", "check_integrity": "slmp",
                "export_case": "slmp",
            },
        }
        people = {"s": self.sales, "l": self.legal, "m": self.manager, "p": self.admin}
        verbs = {*contract._step_verbs, *contract._acts}
        for state, allowed in can.items():
            contract = self.build_contract(self.build_order(), state)
            for key, user in people.items():
                shown = {verb for verb in verbs if contract.with_user(user)[f"can_{verb}"]}
                with self.subTest(state=state, user=user.login):
                    self.assertEqual(shown, {verb for verb, who in allowed.items() if key in who})

    def test_buttons_of_order_and_round(self):
        """R4.1.1, R4.1.2: sales drafts for an order without contract; whose turn it is says who is offered to hand it on."""
        order = self.build_order()
        shown = [order.with_user(user).can_draft_contract for user in (self.sales, self.manager, self.legal)]
        self.assertEqual(shown, [True, True, False])
        contract = self.build_contract(order, "review")
        self.assertFalse(order.with_user(self.sales).can_draft_contract)
        by_sales, by_legal = contract.with_user(self.sales), contract.with_user(self.legal)
        self.assertEqual((by_sales.can_ask_customer, by_legal.can_ask_customer), (True, False))
        self.assertFalse(by_legal.can_ask_sales, "nothing was asked yet")
        by_sales.action_ask_customer()
        self.assertFalse(by_sales.can_ask_customer)
        self.assertTrue(by_sales.can_resume_review and by_legal.can_resume_review)
        with self.assertRaises(ContractStateError):
            by_sales.action_ask_customer()
        by_legal.action_resume_review()
        self.assertFalse(by_sales.can_resume_review or by_legal.can_resume_review)

    def test_only_the_own_to_dos_end(self):
        """R4.1.3: a step ends what the system told of the state that the contract leaves, and nothing that people put there."""
        contract = self.build_contract(state="reviewed")
        own = contract.activity_schedule("mail.mail_activity_data_todo", user_id=self.legal.id, summary="Call them")
        self.assertEqual(contract.activity_ids.user_id, self.sales | self.legal)
        contract.with_user(self.sales).action_send()
        self.assertEqual(contract.activity_ids, own)
        self.sign_customer(contract)
        self.assertIn(self.manager, contract.activity_ids.user_id)
        contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        self.assertEqual(contract.activity_ids, own)

    def test_to_dos_speak_to_who_is_here(self):
        """R4.1.3: a to-do is in its reader's language, and goes to a colleague of who has left."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.sales.lang = "zh_CN"
        contract = self.build_contract(state="reviewed")
        todo = contract.activity_ids
        expected = contract.with_context(lang="zh_CN").env._("Send the contract to be signed")
        self.assertEqual((todo.user_id, todo.summary), (self.sales, expected))
        other = self.build_contract(self.build_order(), state="review")
        self.sales.active = False
        other.current_review_id.with_user(self.legal).action_accept()
        self.assertEqual(other.activity_ids.user_id, self.colleague)
