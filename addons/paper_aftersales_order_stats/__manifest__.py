{
    "name": "Paper Mill: Complaints in Order Statistics",
    "summary": "Counts customers' feedback beside the orders that it is about, and on the days it came and was closed",
    "version": "19.0.1.1.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_aftersales", "paper_order_stats"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_fact_case_rules.xml",
        "report/paper_order_report_views.xml",
        "views/paper_fact_case_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
