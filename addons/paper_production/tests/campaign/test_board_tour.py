from odoo.addons.paper_production.tests.campaign.common import PaperCampaignCommon
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestBoardTour(PaperCampaignCommon, HttpCase):
    def test_the_planner_moves_campaigns(self):
        """R5.1.1: on the board the planner moves a campaign, is refused where a rule would be broken, and takes a change back."""
        self.machine.alternative_workcenter_ids = False
        self.rule("changeover", minutes=30)
        self.rule("forbidden", from_grade_id=self.grey.id, to_grade_id=self.grade.id)
        plan = self.computed(self.order(80) | self.order(90) | self.order(80, grade=self.grey))
        begin = plan.version_id._sequence_now()
        with mute_logger("odoo.http"):  # the refusal
            self.start_tour("/odoo/paper-campaign-board", "paper_production_campaign_board", login=self.planner.login)
        plan.version_id.invalidate_recordset()
        self.assertEqual(plan.version_id.revision, 2)
        self.assertEqual(plan.version_id._sequence_now(), begin)
