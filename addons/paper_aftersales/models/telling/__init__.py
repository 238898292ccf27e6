"""What the customer hears of his complaint, step by step, by mail or by phone (R7.1.2, R7.2.2)."""

from . import paper_customer_notice, helpdesk_ticket
