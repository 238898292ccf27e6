{
    "name": "Paper Mill: Complaints in Credit Reviews",
    "summary": "Counts a customer's complaints where his credit is judged",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_aftersales", "paper_order_credit"],
    "auto_install": True,
}
