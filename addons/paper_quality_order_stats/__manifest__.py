{
    "name": "Paper Mill: Inspections in Statistics",
    "summary": "Inspections passed at first and at all, by product, grade and kind",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_quality", "paper_order_stats"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_fact_inspection_rules.xml",
        "views/paper_fact_inspection_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
