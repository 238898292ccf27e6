"""What energy, labour, packing, freight and money cost, from a day on."""

from . import paper_cost_rate
