from . import (
    paper_evaluation_remedy,
    paper_evaluation,
    paper_evaluation_opinion,
)
