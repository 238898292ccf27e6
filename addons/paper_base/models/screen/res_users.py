from lxml import etree
from odoo import api, models
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        """List the lists that people start from when they open the app, the most useful one first.

        Override to add: call ``super()``, put results of :meth:`_paper_landing_of` into the list and return it. A
        person lands on the first list of own departments in which something is, so that nobody starts on an
        empty one; the list of orders comes last and is everybody's.
        """
        return [
            self._paper_landing_of("sales", "paper_base.action_paper_orders", ["mine", "paper_open"]),
            self._paper_landing_of("management", "paper_base.action_paper_orders", ["late"]),
        ]

    @api.model
    def _paper_landing_of(self, department, action, filters=()):
        """Return one list to start from.

        :param department: name of a group of paper_base without its ``group_``, None for everybody
        :param action: xmlid of the window action
        :param filters: names of filters of its search view that are switched on, instead of the action's own; the list
            is passed over while they find nothing
        """
        return {"department": department, "action": action, "filters": list(filters)}

    def _paper_landing(self):
        """Return the action on which this user lands: the first list of own departments that is not empty."""
        self.ensure_one()
        orders = self._paper_landing_of(None, "paper_base.action_paper_orders", ["paper_open"])
        for landing in [*self._paper_landings(), orders]:
            department = landing["department"]
            if department and not self.has_group(f"paper_base.group_{department}"):
                continue
            action = self._paper_landing_action(landing)
            if landing == orders or self._paper_landing_holds(action, landing["filters"]):
                return action

    @api.model
    def _paper_landing_action(self, landing):
        # sudo: the action is one of the app's own; what it shows is read with the user's rights
        action = self.env["ir.actions.act_window"].sudo()._for_xml_id(landing["action"])
        given = self._evaluated(action["context"], {})
        context = {key: value for key, value in given.items() if not key.startswith("search_default_")}
        return {**action, "context": {**context, **{f"search_default_{name}": 1 for name in landing["filters"]}}}

    @api.model
    def _paper_landing_holds(self, action, filters):
        """Say whether the list of ``action`` shows anything to this user with these filters of its search view."""
        records = self.env[action["res_model"]]
        if not records.has_access("read"):
            return False
        view = action["search_view_id"]
        arch = etree.fromstring(records.get_view(view and view[0], "search")["arch"])
        found = Domain(self._evaluated(action["domain"], []))
        # Filters side by side widen each other, those of another group narrow: as the web client reads them.
        groups, group = [], []
        for node in arch.iter("filter", "separator"):
            if node.tag == "separator":
                groups.append(group)
                group = []
            elif node.get("name") in filters and node.get("domain"):
                group.append(Domain(self._evaluated(node.get("domain"), [])))
        for domains in filter(None, [*groups, group]):
            found &= Domain.OR(domains)
        return bool(records.search(found, limit=1))

    @api.model
    def _evaluated(self, text, otherwise):
        """Return what the domain or the context of a window action says to this user."""
        return safe_eval(text, {"uid": self.env.uid}) if text else otherwise
