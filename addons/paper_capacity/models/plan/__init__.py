"""The plan of a machine in figures: open hours, closures, what is booked and reserved."""

from . import mrp_workcenter
