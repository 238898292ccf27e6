from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk
from odoo.http import route


class PaperTicketList(CustomerPortalHelpdesk):
    def _paper_right_of(self, model_name):
        return "complaints" if model_name == "helpdesk.ticket" else super()._paper_right_of(model_name)

    @route()
    def portal_my_tickets(self, page=1, sortby=None, search_in=None, groupby=None, **kw):
        """List the customer's tickets; an order or a grouping that there is not is left out."""
        page = page if str(page).isdecimal() and int(page) < 10_000 else 1
        return super().portal_my_tickets(
            page=int(page),
            sortby=sortby if sortby in self._ticket_get_searchbar_sortings() else None,
            search_in=search_in if search_in in self._ticket_get_searchbar_inputs() else None,
            groupby=groupby if groupby in self._ticket_get_searchbar_groupby() else None,
            **kw,
        )
