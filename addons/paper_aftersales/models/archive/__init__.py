"""The archive: closed cases are sealed, reopened with a reason only, found by customer, roll and defect, and printed (R7.3.1)."""

from . import paper_case_event, helpdesk_ticket, paper_aftersales_archive, paper_aftersales_export
