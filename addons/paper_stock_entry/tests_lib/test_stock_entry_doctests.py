# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from plain_lib import LibRules


class TestLib(LibRules):
    """The rules of every lib/."""
