{
    "name": "Paper Mill: Orders by the Web Shop",
    "summary": "The customer describes the paper on its page; the web order is received, and accepted only after evaluation",
    "version": "19.0.1.1.3",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_order_intake", "website_sale"],
    "data": [
        "data/mail_template.xml",
        "data/paper_mail_kinds.xml",
        "views/shop_templates.xml",
        "views/checkout_templates.xml",
        "views/sale_order_views.xml",
    ],
    "assets": {
        "web.assets_frontend": ["paper_order_intake_website/static/src/configurator/*"],
        "web.assets_tests": ["paper_order_intake_website/static/tests/tours/*"],
    },
    "auto_install": True,
}
