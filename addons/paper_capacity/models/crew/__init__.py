from . import paper_crew_capacity
