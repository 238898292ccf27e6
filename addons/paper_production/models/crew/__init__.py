"""The people of a plan: shifts and rotation, skills, training, and who may not begin a work order (R5.2.3)."""

from . import resource_calendar, hr_employee
from . import paper_skill_demand, paper_training, paper_training_participant
from . import paper_crew_team, paper_crew_capacity, paper_crew_plan, paper_crew_assignment, paper_crew_gap
from . import mrp_workorder
