"""What there is to do, on everybody's desk."""

from . import mrp_production, mrp_workorder, paper_desk
