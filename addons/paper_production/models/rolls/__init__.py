"""What a run or cut makes, roll by roll, with the jumbo that each comes of (R5.3.1)."""

from . import mrp_production, stock_move
