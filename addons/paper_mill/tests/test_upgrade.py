from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path


@tagged("post_install", "-at_install")
class TestUpgrade(TransactionCase):
    def test_no_chart_is_forced_on_a_company(self):
        """R2: an upgrade brings the Chinese charts of accounts along, and loads none of them into a company."""
        script = file_path("paper_mill/migrations/19.0.1.0.2/post-chart.py")
        loaded = []
        self.addCleanup(vars(self.registry).pop, "_auto_install_template", None)
        self.registry._auto_install_template = loaded.append
        load_script(script, "post_chart").migrate(self.env.cr, "19.0.1.0.1")
        self.env["ir.module.module"]._register_hook()
        self.assertFalse(loaded)
        self.registry._auto_install_template = loaded.append
        self.env["ir.module.module"]._register_hook()
        self.assertTrue(loaded, "Odoo loads charts in another way now: the migration guards nothing")
