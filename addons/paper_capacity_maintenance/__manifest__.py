{
    "name": "Paper Mill: Maintenance in the Machine Plan",
    "summary": "Keeps machines free of orders while their maintenance is scheduled, and tells so with the promise date",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_capacity", "maintenance", "maintenance_plan"],
    "data": ["views/maintenance_views.xml"],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
