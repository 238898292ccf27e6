from . import paper_desk, paper_health, paper_required_fact, paper_setup_step, sale_order
