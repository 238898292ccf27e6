from odoo.addons.paper_contract.tests.common import SIGNATURE, ContractCommon
from odoo.addons.paper_contract.tests.kept import KeptRecords
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError


@tagged("post_install", "-at_install")
class TestRegisterKept(KeptRecords, ContractCommon):
    """The register, its checks and what they find are made by the system and kept (R4.1.3)."""

    @mute_logger("odoo.sql_db")
    def test_nobody_writes_it_by_hand(self):
        """R4.1.3: entries, checks and findings are written, made, copied and deleted by nobody."""
        self.build_contract(state="in_force")
        check = self.env["paper.contract.check"]._run(self.company)
        self.env["paper.contract.finding"]._by_step().create(
            {"check_id": check.id, "company_id": self.company.id, "kind": "file", "message": "x"}
        )
        people = self.sales | self.legal | self.manager | self.env.ref("base.user_admin") | self.planner
        for model in ("paper.contract.register", "paper.contract.check", "paper.contract.finding"):
            self.assert_kept(self.env[model].search([], order="id desc", limit=1), people, model)

    def attempt(self, query, *values):
        """Run a statement past the system and say whether the database took it."""
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                self.env.cr.execute(query, values)
        except IntegrityError:
            return False
        self.env.invalidate_all()
        return True

    def test_refused_by_the_database(self):
        """R4.1.3: the database itself refuses to alter or remove an entry, before the contract is in force and after its end;
        where the original lies may be written."""
        contract = self.build_contract(state="sent")
        refused = (
            "UPDATE paper_contract_register SET content = '{}' WHERE contract_id = %s",
            "DELETE FROM paper_contract_register WHERE contract_id = %s",
        )
        ended = self.build_contract(state="in_force")
        ended.with_user(self.manager).action_terminate("Agreed by letter.")
        contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        for record in (contract, self.build_contract(state="in_force"), ended):
            for query in refused:
                with self.subTest(query=query, state=record.state):
                    self.assertFalse(self.attempt(query, record.id))
            self.assertTrue(
                self.attempt("UPDATE paper_contract_register SET original_place = 'shelf 3' WHERE contract_id = %s", record.id)
            )
        self.env["paper.contract.register"].init()
        self.assertFalse(self.attempt(refused[0], contract.id))
