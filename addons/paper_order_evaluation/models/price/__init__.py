from . import (
    paper_evaluation_price_round,
    paper_evaluation_price_offer,
    paper_evaluation,
    paper_evaluation_opinion,
)
