"""The production plan, and who approves it."""

from . import paper_production_plan, res_company, res_config_settings
