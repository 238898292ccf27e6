from . import (
    paper_evaluation_question,
    paper_evaluation,
)
