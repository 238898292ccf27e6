from odoo import api, fields, models


class BaseModuleUninstall(models.TransientModel):
    """Odoo asks before it takes an addon out, and counts documents of all kinds; what is evidence is named here first."""

    _inherit = "base.module.uninstall"

    paper_lost = fields.Text(compute="_compute_paper_lost")

    @api.depends("module_ids")
    def _compute_paper_lost(self):
        for wizard in self:
            wizard.paper_lost = "\n".join(wizard._paper_lost_lines())

    def _paper_lost_lines(self):
        """Return one line for each kind of evidence that goes for good with the addons."""
        # sudo: who takes an addon out is told how much goes, whatever of it he may read
        system = self.sudo()
        gone = {*system.module_ids.downstream_dependencies(system.module_ids).mapped("name"), *system.module_ids.mapped("name")}
        lines = []
        names = self.env.registry.descendants(["paper.evidence.mixin", "paper.step.mixin"], "_inherit")
        for model in system.env["ir.model"].search([("model", "in", list(names))], order="name"):
            modules = {name.strip() for name in (model.modules or "").split(",")}
            if modules <= gone and model.model in self.env and self.env[model.model]._auto and not model.transient:
                count = system.env[model.model].with_context(active_test=False).search_count([])
                if count:
                    lines.append(self.env._("%(count)s × %(name)s", count=count, name=model.name))
        return lines
