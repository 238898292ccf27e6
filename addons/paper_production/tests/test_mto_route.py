from odoo.addons.paper_production import hooks
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestMtoRoute(PaperProductionCommon):
    def test_route_comes_and_goes(self):
        """R5.1.1: the route that makes to order is there, and goes with the addon unless something uses it."""
        route = self.env.ref(hooks.MTO)
        self.assertTrue(route.active)
        hooks.uninstall_hook(self.env)
        self.assertTrue(route.active, "a product uses it")
        self.env["product.template"].search([("route_ids", "in", route.ids)]).route_ids = [(3, route.id)]
        self.env["sale.order.line"].search([("route_ids", "in", route.ids)]).route_ids = [(3, route.id)]
        hooks.post_init_hook(self.env)
        self.env["ir.config_parameter"].set_param(hooks.UNARCHIVED, "1")
        hooks.uninstall_hook(self.env)
        self.assertFalse(route.active)
        hooks.post_init_hook(self.env)
        self.assertTrue(route.active)
