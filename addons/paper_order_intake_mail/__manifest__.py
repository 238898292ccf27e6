{
    "name": "Paper Mill: Orders by Mail",
    "summary": "A mail to a channel's address is kept as it came; the order lists in it become orders",
    "version": "19.0.1.1.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_order_intake"],
    "external_dependencies": {"python": ["tnefparse"]},
    "uninstall_hook": "uninstall_hook",
    "data": [
        "views/paper_intake_channel_views.xml",
        "views/paper_intake_message_views.xml",
    ],
}
