# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Load this addon's lib/ as ``paper_trim_lib``, the way paper_base/tests_lib/plain_lib.py does it for every addon."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "paper_base" / "tests_lib"))

from plain_lib import *  # noqa: E402, F403
from plain_lib import load_lib  # noqa: E402

load_lib(__file__)
