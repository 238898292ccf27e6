from . import (
    test_aftersales_steps,
    test_indexes,
    test_portal_tickets,
    test_quality_visits,
    test_ticket_archive,
    test_ticket_letters,
    test_ticket_number,
    test_ticket_questions,
    test_tickets,
)
