"""Records of production: computed from what was reported, one a work order, shift and operator; corrections stand beside."""

from . import paper_production_record, paper_record_correction, mrp_workorder
