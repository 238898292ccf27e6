{
    "name": "Paper Mill: Intake Channels in Order Statistics",
    "summary": "Tells order figures apart by the channel through which the order came",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_order_intake", "paper_order_stats"],
    "data": [
        "views/paper_fact_order_views.xml",
    ],
    "auto_install": True,
}
