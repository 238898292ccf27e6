{
    "name": "Paper Mill: Trim Partners in the Evaluation",
    "summary": "Tells technology whether other orders fill the trim beside the width of a new order",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_order_evaluation", "paper_trim"],
    "auto_install": True,
}
