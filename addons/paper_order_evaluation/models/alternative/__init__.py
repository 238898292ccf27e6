from . import (
    paper_evaluation_alternative,
    paper_evaluation_alternative_line,
    paper_evaluation,
)
