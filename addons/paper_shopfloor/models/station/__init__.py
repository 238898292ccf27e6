"""The tablet at a machine, who works on it, and what it reports."""

from . import res_company, res_config_settings, mrp_workcenter, paper_instrument
from . import paper_floor_operator, paper_floor_session, paper_floor_station, paper_floor_event
