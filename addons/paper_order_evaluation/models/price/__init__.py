"""The round between finance and sales on a price whose margin is too low (R3.3.5)."""

from . import (
    paper_evaluation_price_round,
    paper_evaluation_price_offer,
    paper_evaluation,
    paper_evaluation_opinion,
)
