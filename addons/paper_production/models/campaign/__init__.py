"""Campaigns: which paper runs when on which machine, under the rules of planning; versions of a plan, and who gets them."""

# The records first, then what refers to them.
from . import (
    paper_plan_rule,
    paper_grade,
    mrp_workcenter,
    res_company,
    res_config_settings,
    paper_plan_version,
    paper_campaign,
    paper_campaign_line,
    paper_plan_sheet,
    mrp_production,
    mrp_workorder,
    paper_slot_reservation,
    paper_production_plan,
)
