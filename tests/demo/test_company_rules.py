"""Who works for another company of the group reads nothing of this one: every model with records of a company."""

from collections import defaultdict

from odoo import Command
from odoo.addons.paper_mill.tests.test_departments import DEPARTMENTS
from odoo.tests import TransactionCase, tagged

# How far a record may lie from the one that names the company.
FAR = 3


@tagged("post_install", "-at_install")
class TestCompanyRules(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.env["res.company"].create({"name": "Second Mill"})
        cls.first = cls.env["res.company"].search([("id", "!=", cls.second.id)])
        people = cls.env["res.users"].with_context(no_reset_password=True)
        cls.people = people.create(
            [
                {
                    "name": department,
                    "login": f"second.{department}",
                    "company_id": cls.second.id,
                    "company_ids": [Command.set(cls.second.ids)],
                    "group_ids": [Command.set(cls.env.ref(f"paper_base.group_{department}").ids)],
                }
                for department in DEPARTMENTS
            ]
        )
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        # Ours, and those of others beside Odoo itself, which has its own rules.
        cls.homes = {
            module.name for module in modules if module.name.startswith("paper_") or "OCA" in (module.author or "")
        }
        cls.models = {
            name: paths
            for name in sorted(cls.env.registry)
            if cls._is_kept(name) and (paths := cls._paths(name))
        }

    @classmethod
    def _is_kept(cls, name):
        model = cls.env[name]
        return not model._abstract and not model._transient and model._original_module in cls.homes

    @classmethod
    def _paths(cls, name, seen=()):
        """Return the ways from a record to its company: its own field, or records that it cannot be without."""
        names = cls.env[name]._fields
        if "company_id" in names and names["company_id"].type == "many2one" and names["company_id"].store:
            return ["company_id"]
        if len(seen) == FAR:
            return []
        needed = [
            field
            for field in names.values()
            if field.type == "many2one" and field.store and field.comodel_name in cls.env.registry
            and field.comodel_name not in (name, *seen) and field.name not in ("create_uid", "write_uid")
            and (field.required or field.ondelete == "cascade")
        ]  # fmt: skip
        return [f"{field.name}.{path}" for field in needed for path in cls._paths(field.comodel_name, (*seen, name))]

    def _readers(self, name):
        return self.people.filtered(lambda user: self.env[name].with_user(user).has_access("read"))

    def test_a_second_company_reads_nothing(self):
        """R2, R4.2.2: of no model with records of a company does any department of another company find one."""
        read, looked = defaultdict(set), 0
        for name, paths in self.models.items():
            # sudo: what there is
            if not self.env[name].sudo().search_count([], limit=1):
                continue
            for user in self._readers(name):
                looked += 1
                # sudo: only whose records they are is asked
                found = self.env[name].with_user(user).search([]).sudo()
                for path in paths:
                    if any(rec.mapped(path) and rec.mapped(path) <= self.first for rec in found):
                        read[name, path].add(user.name)
        print(f"counted: company rules: {len(self.models)} models, {looked} looks of {len(self.people)} departments")
        self.assertFalse(dict(read))
        self.assertGreater(looked, 200)

    def test_each_has_a_rule(self):
        """R2, R4.2.2: that it holds of records still to come as well: each model that somebody reads has a rule of companies."""
        # sudo: rules are the administrator's to read
        rules = self.env["ir.rule"].sudo().search([("groups", "=", False), ("perm_read", "=", True)])
        bound = {rule.model_id.model for rule in rules if "compan" in (rule.domain_force or "")}
        self.assertEqual([name for name in self.models if name not in bound and self._readers(name)], [])

    def test_views_of_others(self):
        """R2, R4.2.2: lists that Odoo makes of other tables, and that somebody reads, have a rule of companies as well."""
        # sudo: as above
        rules = self.env["ir.rule"].sudo().search([("groups", "=", False), ("perm_read", "=", True)])
        bound = {rule.model_id.model for rule in rules if "compan" in (rule.domain_force or "")}
        views = [
            name
            for name in sorted(self.env.registry)
            if "company_id" in self.env[name]._fields
            and not (self.env[name]._abstract or self.env[name]._transient or self.env[name]._auto)
        ]
        self.assertIn("purchase.bill.line.match", views)
        self.assertEqual([name for name in views if name not in bound and self._readers(name)], [])
