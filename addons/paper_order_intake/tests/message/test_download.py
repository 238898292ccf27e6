from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import IntakeCommon


@tagged("post_install", "-at_install")
class TestDownload(IntakeCommon):
    def test_other_department(self):
        """R3.1.2: who does not see an arrival downloads nothing of it."""
        worker = self._create_user("t_worker", "paper_base.group_workshop")
        with self.assertRaises(AccessError):
            self._create_arrival().with_user(worker).action_download()
