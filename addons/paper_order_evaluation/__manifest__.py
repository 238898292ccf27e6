{
    "name": "Paper Mill: Order Evaluation",
    "summary": "The evaluation panel of an order: sales, capacity, materials, technology and cost, each by its department",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_base", "sale_mrp", "purchase_stock", "mrp_account", "sale_margin"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_evaluation_rules.xml",
        "views/paper_evaluation_opinion_views.xml",
        "views/paper_evaluation_views.xml",
        "views/paper_order_evaluation_menus.xml",
        "views/res_config_settings_views.xml",
        "views/sale_order_views.xml",
    ],
    "assets": {"web.assets_backend": ["paper_order_evaluation/static/src/panel/*"]},
}
