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
            self._paper_landing_of(
                "sales", "paper_base.action_paper_orders", ["mine", "paper_open"], [("user_id", "=", self.env.uid)]
            ),
            self._paper_landing_of(
                "management",
                "paper_base.action_paper_orders",
                ["late"],
                [("state", "!=", "cancel"), ("commitment_date", "<", "now")],
            ),
        ]

    @api.model
    def _paper_landing_of(self, department, action, filters, domain):
        """Return one list to start from.

        :param department: name of a group of paper_base without its ``group_``, None for everybody
        :param action: xmlid of the window action
        :param filters: names of filters of its search view that are switched on, instead of the action's own
        :param domain: what these filters find; the list is passed over while it finds nothing
        """
        return {"department": department, "action": action, "filters": filters, "domain": domain}

    def _paper_landing(self):
        """Return the action on which this user lands: the first list of own departments that is not empty."""
        self.ensure_one()
        orders = self._paper_landing_of(None, "paper_base.action_paper_orders", ["paper_open"], Domain.TRUE)
        for landing in [*self._paper_landings(), orders]:
            department = landing["department"]
            if department and not self.has_group(f"paper_base.group_{department}"):
                continue
            action = self._paper_landing_action(landing)
            records = self.env[action["res_model"]]
            found = Domain(self._evaluated(action["domain"], [])) & Domain(landing["domain"])
            if landing == orders or records.has_access("read") and records.search(found, limit=1):
                return action

    @api.model
    def _paper_landing_action(self, landing):
        # sudo: the action is one of the app's own; what it shows is read with the user's rights
        action = self.env["ir.actions.act_window"].sudo()._for_xml_id(landing["action"])
        given = self._evaluated(action["context"], {})
        context = {key: value for key, value in given.items() if not key.startswith("search_default_")}
        return {**action, "context": {**context, **{f"search_default_{name}": 1 for name in landing["filters"]}}}

    @api.model
    def _evaluated(self, text, otherwise):
        """Return what the domain or the context of a window action says to this user."""
        return safe_eval(text, {"uid": self.env.uid}) if text else otherwise
