from . import test_portal_tickets, test_quality_visits, test_tickets
