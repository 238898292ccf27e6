from odoo import api, fields, models


class PaperMonthMixin(models.AbstractModel):
    """Figures of a month, which is kept as its first day and shown as the mill writes months: 2026-11, 2026年11月."""

    _name = "paper.month.mixin"
    _description = "Figures of a Month"

    month = fields.Date(readonly=True)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        for node in arch.xpath("//field[@name='month'][not(@widget)]") if view_type in ("list", "form") else ():
            node.set("widget", "paper_month")
        return arch, view

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        name, _colon, granularity = groupby_spec.partition(":")
        if granularity != "month" or name not in self._fields or self._fields[name].type != "date":
            return formatter

        def formatted(value):
            shown, domain = formatter(value)
            return (shown and (shown[0], self.env.company._paper_date(value, pattern=self.env._("yyyy-MM")))), domain

        return formatted
