from . import test_portal_tickets, test_quality_visits, test_ticket_number, test_tickets
