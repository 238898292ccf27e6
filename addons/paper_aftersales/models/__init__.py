from . import (
    helpdesk_ticket,
    helpdesk_ticket_stage,
    paper_quality_visit,
    paper_ticket_question,
    paper_visit_rule,
    res_company,
    res_config_settings,
    sale_order,
    stock_move,
    survey_user_input,
)
from . import paper_desk, paper_search
from . import feedback, case, telling, visit, archive, mail, summary
