"""The question of capacity: the orders put into the machines' plan, which gives the date that can be promised (R3.3.2)."""

from . import (
    paper_evaluation,
    paper_evaluation_opinion,
)
