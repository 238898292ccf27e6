"""What a run or cut took, made and lost, in kg (R5.3.1)."""

from . import mrp_production
