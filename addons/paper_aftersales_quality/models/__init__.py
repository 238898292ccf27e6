from . import helpdesk_ticket, paper_aftersales_summary, paper_desk, mgmtsystem_nonconformity
