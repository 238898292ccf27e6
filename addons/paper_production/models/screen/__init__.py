"""How Odoo's own screens of the workshop tell durations."""

from . import ir_ui_view
