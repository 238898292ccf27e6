"""One list of all that takes hours of a machine, and PostgreSQL sees to it that no two take the same."""

from . import mrp_workorder
from . import paper_slot_reservation
from . import res_config_settings
from . import resource_calendar_leaves
