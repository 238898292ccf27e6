{
    "name": "Paper Mill: Production Records in Statistics",
    "summary": "Production figures by shift, as the operators recorded them",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_production", "paper_order_stats"],
    "data": [
        "views/paper_fact_production_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
