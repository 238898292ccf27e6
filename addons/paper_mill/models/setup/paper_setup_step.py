from odoo import models
from odoo.fields import Domain

MTO = "stock.route_warehouse0_mto"
MANUFACTURE = "mrp.route_warehouse0_manufacture"
# Working days that the regulation leaves to the mill: each has to say its own.
DAYS = (
    "paper_completion_days",
    "paper_evaluation_days",
    "paper_legal_review_days",
    "paper_dispatch_notice_days",
    "paper_complaint_days",
)


class PaperSetupStep(models.Model):
    """The steps between an empty database and the first order that is made and delivered."""

    _inherit = "paper.setup.step"

    def _own(self, company):
        return Domain("company_id", "in", (False, company.id))

    def _missing_machines(self, company):
        able = self.env["paper.machine.capability"].search(self._own(company) & Domain("makes_web", "=", True), limit=1)
        return "" if able else self.env._("a paper machine and what it can make")

    def _missing_recipes(self, company):
        """Paper that is sold without a recipe, or is not made to order, is never planned (R5.1.1)."""
        _, lacking = self.env._, []
        paper = Domain("is_paper", "=", True) & Domain("sale_ok", "=", True) & self._own(company)
        templates = self.env["product.template"].search(paper)
        recipes = self.env["mrp.bom"].search(self._own(company) & Domain("product_tmpl_id", "in", templates.ids)).product_tmpl_id
        routes = {self.env.ref(MTO), self.env.ref(MANUFACTURE)}
        lacking += [_("no recipe: %(product)s", product=each.name) for each in (templates - recipes)[:3]]
        unplanned = templates.filtered(lambda each: not routes <= set(each.route_ids | each.categ_id.total_route_ids))
        lacking += [_("not made to order: %(product)s", product=each.name) for each in unplanned[:3]]
        return "; ".join(lacking) if templates else _("a paper product")

    def _missing_channels(self, company):
        channels = self.env["paper.intake.channel"].search([("company_id", "=", company.id)])
        alone = channels.filtered(lambda channel: not (channel.handler_id or channel.user_ids))
        if not channels:
            return self.env._("a channel")
        return self.env._("nobody handles: %(channels)s", channels=", ".join(alone.mapped("name"))) if alone else ""

    def _missing_mail_in(self, company):
        if not company.alias_domain_id:
            return self.env._("the alias domain, by which mails come in")
        servers = self.env["fetchmail.server"].search_count([], limit=1)
        return "" if servers else self.env._("an incoming mail server")

    def _missing_contract(self, company):
        texts = self.env["paper.contract.clause.template"].search_count(self._own(company), limit=1)
        if not texts:
            return self.env._("the texts of contracts")
        return "" if company.vat or company.company_registry else self.env._("the company's number in the register or for taxes")

    def _missing_days(self, company):
        lacking = [company._fields[name]._description_string(self.env) for name in DAYS if not company[name]]
        return ", ".join(lacking)

    def _missing_aftersales(self, company):
        teams = self.env["helpdesk.ticket.team"].search_count(self._own(company), limit=1)
        return "" if teams else self.env._("a team that answers complaints")

    def _missing_delivery(self, company):
        ways = self.env["delivery.carrier"].search_count(self._own(company), limit=1)
        return "" if ways else self.env._("a way of delivery")

    def _missing_costs(self, company):
        rates = self.env["paper.cost.rate"].search_count(self._own(company), limit=1)
        return "" if rates else self.env._("a cost rate")
