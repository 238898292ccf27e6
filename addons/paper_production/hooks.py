"""Installing and leaving: paper is made to order, so the route that does so has to be there."""

MTO = "stock.route_warehouse0_mto"
UNARCHIVED = "paper_production.mto_unarchived"


def post_init_hook(env):
    """Bring back the route "Replenish on Order", which Odoo ships archived."""
    route = env.ref(MTO, raise_if_not_found=False)
    if route and not route.active:
        route.active = True
        env["ir.config_parameter"].set_param(UNARCHIVED, "1")


def uninstall_hook(env):
    """Archive the route again if it was this addon that brought it back and nothing uses it."""
    parameters = env["ir.config_parameter"]
    route = env.ref(MTO, raise_if_not_found=False)
    if route and parameters.get_param(UNARCHIVED) and not _is_used(route):
        route.active = False
    parameters.set_param(UNARCHIVED, False)


def _is_used(route):
    templates = route.env["product.template"].with_context(active_test=False)
    lines = route.env["sale.order.line"]
    return bool(
        templates.search_count([("route_ids", "in", route.ids)], limit=1)
        or route.categ_ids
        or lines.search_count([("route_ids", "in", route.ids)], limit=1)
    )
