"""Asking the customer by link or phone: who has the ball, what was asked and answered, how long it took."""

from . import paper_completion_line, paper_completion_request, sale_order
