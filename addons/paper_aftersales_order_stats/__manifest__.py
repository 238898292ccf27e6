{
    "name": "Paper Mill: Complaints in Order Statistics",
    "summary": "Counts customers' feedback beside the orders that it is about",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_aftersales", "paper_order_stats"],
    "data": ["report/paper_order_report_views.xml"],
    "auto_install": True,
}
