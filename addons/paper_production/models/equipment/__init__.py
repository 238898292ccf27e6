"""The machines of a plan: set up for each campaign, kept in order, and what is done when one fails (R5.2.2)."""

from . import mrp_workcenter, maintenance_equipment, maintenance_request
from . import paper_setup_template, paper_setup_template_line, paper_setup, paper_setup_task
from . import paper_contingency, paper_contingency_part
from . import mrp_workorder, paper_production_plan
