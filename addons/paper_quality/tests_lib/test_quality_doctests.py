# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from plain_lib import LibRules


class TestQualityLib(LibRules):
    """The modules of this addon's lib/."""
