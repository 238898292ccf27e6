{
    "name": "Paper Mill: Accepted Deliveries in Statistics",
    "summary": "Shipped, accepted and refused by the proof of delivery",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_delivery", "paper_order_stats"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_fact_delivery_rules.xml",
        "views/paper_fact_delivery_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
