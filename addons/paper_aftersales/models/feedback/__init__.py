"""What a customer reports: defect and cause in the trade's words, rolls and kilograms, how serious, in time or not (R7.1.1)."""

from . import (
    paper_defect,
    paper_defect_cause,
    paper_severity_rule,
    paper_claim_roll,
    helpdesk_ticket,
    res_company,
    res_config_settings,
)
