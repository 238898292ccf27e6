import sys

import odoo.modules.registry
from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.tools import config


class PaperContractCheck(Command):
    """Check the archive of contracts of a database: files, fields, register. Ends with 1 if anything was found."""

    name = "paper_contract_check"

    def run(self, args):
        config.parser.prog = self.prog
        config.parse_config(args, setup_logging=True)
        databases = config["db_name"]
        if len(databases) != 1:
            sys.exit("Name one database with -d.")
        registry = odoo.modules.registry.Registry(databases[0])
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            checks = env["paper.contract.check"]._run(env["res.company"].search([]))
            for check in checks:
                sys.stdout.write(
                    f"{check.company_id.name}: {check.entry_count} entries, {check.contract_count} contracts, "
                    f"{check.document_count} files, {check.finding_count} findings; last entry {check.head or '-'}\n"
                )
                for finding in check.finding_ids:
                    sys.stdout.write(f"  {finding.message}\n")
            found = sum(checks.mapped("finding_count"))
        sys.exit(1 if found else 0)
