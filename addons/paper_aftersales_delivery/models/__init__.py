from . import helpdesk_ticket, stock_picking
