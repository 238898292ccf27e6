{
    "name": "Dyeing of Paper",
    "summary": "An addon of somebody else, on the hooks of docs/extending.md",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Somebody Else",
    "depends": ["paper_order_completeness", "paper_order_stats"],
    "data": ["data/paper_setup_step.xml", "views/sale_order_views.xml"],
}
