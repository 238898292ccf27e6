"""The figures that the parties agree in the contract itself: claim windows, deposit, damages, trade term."""

from . import paper_contract
