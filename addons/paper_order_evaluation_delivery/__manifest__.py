{
    "name": "Paper Mill: Freight by Delivery Carriers",
    "summary": "Costs the freight of an order under evaluation by the rates of the delivery carriers that serve its destination",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_order_evaluation", "delivery"],
    "data": ["security/ir.model.access.csv"],
    "auto_install": True,
}
