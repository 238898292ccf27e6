{
    "name": "Paper Mill: Blanket Orders in Material Plans",
    "summary": "Material plans call from the blanket orders of suppliers, at their prices",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_production", "purchase_requisition"],
    "data": ["views/purchase_requisition_menus.xml"],
    "auto_install": True,
}
