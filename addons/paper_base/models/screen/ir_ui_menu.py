from odoo import api, models, tools

# Apps of Odoo that stand in everybody's launcher and are no department's work: the store of modules is the
# administrator's; the dashboards are empty as long as none is published for one of the user's groups.
STORE = "base.menu_management"
DASHBOARDS = "spreadsheet_dashboard.spreadsheet_dashboard_menu_root"


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    @tools.ormcache("frozenset(self.env.user._get_group_ids())", "debug")
    def _visible_menu_ids(self, debug=False):
        visible = super()._visible_menu_ids(debug)
        if self.env.user.has_group("base.group_system"):
            return visible
        hidden = [STORE]
        if "spreadsheet.dashboard" in self.env and not self.env["spreadsheet.dashboard"].search([], limit=1):
            hidden.append(DASHBOARDS)
        reference = self.env["ir.model.data"]._xmlid_to_res_id
        roots = {menu for name in hidden if (menu := reference(name, raise_if_not_found=False))}
        # sudo: what lies below a hidden app does not depend on what the user may see
        parents = {menu.id: menu.parent_id.id for menu in self.sudo().browse(visible)}

        def stands_in(menu):
            while menu and menu not in roots:
                menu = parents.get(menu)
            return bool(menu)

        return frozenset(menu for menu in visible if not stands_in(menu))
