from odoo.tests import tagged

from ...models.screen.res_users import ResUsers as LandingUser
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestLanding(PaperCommon):
    def setUp(self):
        super().setUp()
        # Other addons' lists are looked at by paper_mill.
        self.patch(self.registry["res.users"], "_paper_landings", lambda users: LandingUser._paper_landings(users))

    def _landing(self, user):
        return self.env["res.users"].browse(user.id).with_user(user)._paper_landing()

    def test_sales_start_from_their_own_orders(self):
        """R4.2.2: a salesperson starts from the own orders; who has none starts from all of them."""
        self._create_order()
        action = self._landing(self.salesman)
        self.assertEqual((action["res_model"], action["target"]), ("sale.order", "current"))
        self.assertEqual(action["context"], {"search_default_mine": 1, "search_default_paper_open": 1})
        newcomer = self._create_user("landing_newcomer", "paper_base.group_sales")
        self.assertEqual(self._landing(newcomer)["context"], {"search_default_paper_open": 1})

    def test_management_starts_from_what_is_late(self):
        """R4.2.2: management starts from the orders whose delivery date has passed, while there are any."""
        order = self._create_order(commitment_date="2001-02-03 04:05:06")
        self.assertEqual(self._landing(self.manager)["context"], {"search_default_late": 1})
        self.env["sale.order"].search([("commitment_date", "<", "now")]).commitment_date = False
        self.assertEqual(self._landing(self.manager)["context"], {"search_default_paper_open": 1})
        self.assertTrue(order)

    def test_the_app_opens_there(self):
        """R4.2.2: the app of the mill opens with the landing of each person, whatever menu comes first."""
        menu = self.env.ref("paper_base.menu_root")
        self.assertEqual(menu.action, self.env.ref("paper_base.action_paper_landing"))
        opened = menu.action.with_user(self.salesman).run()
        self.assertEqual(opened["res_model"], "sale.order")

    def test_list_without_the_right_is_passed_over(self):
        """R4.2.2: nobody lands on a list that he may not read."""
        upstream = LandingUser._paper_landings
        closed = {"department": None, "action": "base.ir_cron_act", "filters": []}
        self.patch(self.registry["res.users"], "_paper_landings", lambda users: [closed, *upstream(users)])
        self.assertEqual(self._landing(self.salesman)["res_model"], "sale.order")
