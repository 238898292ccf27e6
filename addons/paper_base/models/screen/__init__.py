"""What is offered to whom: apps, the list to start from, buttons, links, fields that are read only."""

from . import ir_ui_menu, ir_ui_view, sale_order
