{
    "name": "Paper Mill: Supplements and the Production Plan",
    "summary": "Last date for changes from the production plan, consent of production, manufacturing orders that follow",
    "version": "19.0.1.0.3",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_contract", "paper_production"],
    "auto_install": True,
    "data": [
        "data/mail_activity_type.xml",
        "security/ir.model.access.csv",
        "wizards/paper_late_change_views.xml",
        "views/paper_contract_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
