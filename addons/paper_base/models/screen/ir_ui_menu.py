from odoo import api, fields, models, tools

# Apps of Odoo that stand in everybody's launcher and are no department's work: the store of modules is the
# administrator's; the dashboards are empty as long as none is published for one of the user's groups.
STORE = "base.menu_management"
DASHBOARDS = "spreadsheet_dashboard.spreadsheet_dashboard_menu_root"
HOME = "paper_base.menu_root"
MORE = "paper_base.menu_more"
OTHER_APPS = "paper_base.menu_other_apps"
KEEPER = "base.group_system"


class IrUiMenu(models.Model):
    """The menu follows the person's work: what a department does each day stands in the bar, the rest below More.

    Nothing moves in the database: each user's tree is put together when it is loaded, of what the user may open.
    """

    _inherit = "ir.ui.menu"

    paper_department_ids = fields.Many2many(
        "res.groups",
        "paper_menu_department_rel",
        "menu_id",
        "group_id",
        string="Daily Work of",
        help="The departments in whose bar of Paper Orders this menu stands. All others find it below More.",
    )

    @api.model
    @tools.ormcache("frozenset(self.env.user._get_group_ids())", "debug")
    def _visible_menu_ids(self, debug=False):
        visible = super()._visible_menu_ids(debug)
        if self.env.user.has_group(KEEPER):
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

    # The launcher

    @api.model
    def get_user_roots(self):
        roots = super().get_user_roots()
        home = self.env.ref(HOME, raise_if_not_found=False)
        return home if home in roots and not self.env.user.has_group(KEEPER) else roots

    # What a person sees

    @api.model
    @tools.ormcache("self.env.uid", "debug", "self.env.lang")
    def load_menus(self, debug):
        loaded = super().load_menus(debug)
        home = self.env["ir.model.data"]._xmlid_to_res_id(HOME, raise_if_not_found=False)
        if home not in loaded:
            return loaded
        # Odoo keeps what it loaded in a cache of its own.
        menus = {key: {**menu, "children": list(menu["children"])} for key, menu in loaded.items()}
        rest = self._paper_lift_own_work(menus, home)
        if not self.env.user.has_group(KEEPER):
            rest += self._paper_gather_apps(menus, home)
        if rest:
            menus[home]["children"].append(self._paper_folder(menus, MORE, home, rest))
        return menus

    @api.model
    def _paper_lift_own_work(self, menus, home):
        """Put what is the user's daily work into the bar of the app; return the menus that leave it, without what was lifted.

        Who works in no department keeps the chapters as they are.

        :param menus: ``{menu id: menu}`` as :meth:`load_menus` returns them; changed in place
        :param home: id of the app
        """
        if not self.env.user._paper_departments():
            return []
        groups = self.env.user._get_group_ids()
        seen = [menu for menu in menus if menu != "root"]
        # sudo: only whose work a menu is, of those that the user sees
        own = set(self.sudo().search([("id", "in", seen), ("paper_department_ids", "in", groups)]).ids)
        if not own:
            return []
        bar, rest = [], []

        def part(menu_id):
            """Sort one menu; return whether something of it is left for More."""
            menu = menus[menu_id]
            if menu_id in own:
                bar.append(menu_id)
                return False
            if not menu["children"]:
                return True
            menu["children"] = [child for child in menu["children"] if part(child)]
            return bool(menu["children"] or menu["action_id"])

        for child in menus[home]["children"]:
            (rest if part(child) else []).append(child)
        menus[home]["children"] = bar
        return rest

    @api.model
    def _paper_gather_apps(self, menus, home):
        """Leave the mill's app alone in the launcher; return the folder in which the other apps stand, one entry each."""
        others = [app for app in menus["root"]["children"] if app != home]
        menus["root"]["children"] = [home]
        for app in others:
            entrance = menus[app]
            while not entrance["action_id"] and entrance["children"]:
                entrance = menus[entrance["children"][0]]
            action = {key: entrance[key] for key in ("action_id", "action_model", "action_path")}
            # An entry of its own, since the bar shows what has children as a folder; it leads into the other app.
            menus[-app] = {**menus[app], **action, "id": -app, "children": [], "xmlid": ""}
        return [self._paper_folder(menus, OTHER_APPS, home, [-app for app in others])] if others else []

    @api.model
    def _paper_folder(self, menus, name, home, children):
        """Add a folder of the app to what was loaded; return its id."""
        menu = self.env.ref(name).sudo()  # sudo: a folder has a name and nothing else
        empty = ("action_id", "action_model", "action_path", "web_icon", "web_icon_data", "web_icon_data_mimetype")
        menus[menu.id] = {**dict.fromkeys(empty, False), "id": menu.id, "name": menu.name, "app_id": home, "xmlid": name}
        menus[menu.id]["children"] = children
        return menu.id
