{
    "name": "Paper Mill: Machine Quality from Inspections",
    "summary": "Tells from past inspections which quality each machine reaches, and checks orders under evaluation against it",
    "version": "19.0.1.0.2",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_capacity", "paper_quality"],
    "data": [
        "security/ir.model.access.csv",
        "security/paper_machine_inspected_rules.xml",
        "views/paper_machine_capability_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
