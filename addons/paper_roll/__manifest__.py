{
    "name": "Paper Mill: Rolls",
    "summary": "The jumbo, set, roll and pallet as a lot: identity, weight, parents, disposition and label",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_base", "stock", "mrp"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_roll_rules.xml",
        "views/stock_lot_views.xml",
        "views/paper_roll_conversion_views.xml",
        "views/res_config_settings_views.xml",
        "views/paper_roll_menus.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "assets": {"web.assets_backend": ["paper_roll/static/src/tree/*"]},
}
