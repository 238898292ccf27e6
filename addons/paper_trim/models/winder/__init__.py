"""What a winder can cut."""

from . import mrp_workcenter
