"""docs/security.md says what the rights of the mill are."""

import os
import sys
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"
sys.path.insert(0, str(Path(__file__).parent))


@tagged("post_install", "-at_install")
class TestSecurityPage(TransactionCase):
    maxDiff = None

    def test_page_and_rights_agree(self):
        """R4.2.2: who may read, make, change and remove what, and take which step, stands in docs/security.md."""
        import security_page

        text = security_page.page(self.env)
        if os.environ.get("MILL_WRITE"):
            PAGE.write_text(text, encoding="utf-8")
        count = len(security_page.models(self.env))
        print(f"counted: security page: {count} models, {text.count('| x ')} rights")
        self.assertGreater(count, 60)
        self.assertEqual(PAGE.read_text(encoding="utf-8").splitlines(), text.splitlines())
