from . import paper_evaluation, paper_evaluation_opinion
