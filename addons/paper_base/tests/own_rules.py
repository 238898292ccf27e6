"""An addon's tests are about its own rules; with all addons installed the orders meet many others."""

from unittest.mock import patch


def keep_own_rules(test_class, blockers, milestones=None):
    """Let the orders of a test class meet only these rules, whatever else is installed.

    :param blockers: codes of the blockers that stay
    :param milestones: codes of the milestones that stay; all of them if None
    """
    order_class = test_class.registry["sale.order"]

    def only(found, codes):
        return {order: [item for item in items if item["code"] in codes] for order, items in found.items()}

    every_blocker, every_milestone = order_class._get_blockers, order_class._get_milestones
    methods = {"_get_blockers": lambda orders, step: only(every_blocker(orders, step), blockers)}
    if milestones:
        methods["_get_milestones"] = lambda orders: only(every_milestone(orders), milestones)
    _patch(test_class, methods)


def keep_own_leads(test_class, *buttons):
    """Let the orders of a test class be taken on by these buttons alone, whatever else is installed."""
    every_lead = test_class.registry["sale.order"]._paper_leads
    _patch(test_class, {"_paper_leads": lambda orders: [lead for lead in every_lead(orders) if lead.button in buttons]})


def _patch(test_class, methods):
    order_class = test_class.registry["sale.order"]
    for name, method in methods.items():
        patcher = patch.object(order_class, name, method)
        patcher.start()
        test_class.addClassCleanup(patcher.stop)
