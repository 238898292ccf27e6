{
    "name": "Paper Mill: Order Statistics",
    "summary": "Orders, tonnes and amounts by month, customer, region, product and channel",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_base", "sale_mrp", "purchase_stock"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_order_report_rules.xml",
        "report/paper_order_report_views.xml",
        "views/paper_order_stats_menus.xml",
    ],
}
