"""How customers buy: how often, how much, when the next order is expected, and what they say when none comes."""

from . import paper_customer_answer, paper_customer_rhythm, paper_desk
