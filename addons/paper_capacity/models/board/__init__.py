"""The plan of the machines as it is drawn."""

from . import mrp_workcenter
