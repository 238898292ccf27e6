from . import paper_completion_line, paper_completion_request, sale_order
