{
    "name": "Paper Mill: Complaints and Deliveries",
    "summary": "The time for claims begins with the proof of delivery; what the driver brings back opens a complaint",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_aftersales", "paper_delivery"],
    "auto_install": True,
}
