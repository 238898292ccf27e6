{
    "name": "Paper Mill: Prices of Orders Hidden",
    "summary": "Departments that work without prices read orders without them: screens, exports, prints, letters",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_base"],
    "post_init_hook": "post_init_hook",
    "data": [
        "security/paper_order_price_hiding_groups.xml",
        "views/sale_order_views.xml",
    ],
}
