"""What a customer writes: the order that a mail names, and answers to what was settled (R7.1.1)."""

from . import helpdesk_ticket, mail_thread
