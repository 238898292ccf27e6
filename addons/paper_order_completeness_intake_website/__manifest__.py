{
    "name": "Paper Mill: Complete Orders from the Web Shop",
    "summary": "The bounds that the mill sets to answers hold for what a visitor of the shop describes, too",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_order_completeness", "paper_order_intake_website"],
    "auto_install": True,
}
