{
    "name": "Paper Mill: Complaints and Quality",
    "summary": "Sister rolls of a claimed roll are held within 24 hours, the nonconformity follows the complaint",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_aftersales", "paper_quality"],
    "data": [
        "data/ir_cron.xml",
        "views/helpdesk_ticket_views.xml",
    ],
    "auto_install": True,
}
