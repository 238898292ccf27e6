{
    "name": "Paper Mill: Quality of Sales Orders",
    "summary": "Hands the specification of an order line to its moves and manufacturing orders, reports the inspection",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_quality", "sale_stock"],
    "data": ["views/sale_order_views.xml"],
    "auto_install": True,
}
