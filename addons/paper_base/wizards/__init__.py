from . import paper_calendar_import, paper_reason_wizard, sale_mass_cancel_orders
