from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..department.reading import is_department_reader

EMPTY = SQL("NULL::numeric")
# Who reads costs: purchasing and finance, the management and sales by their rights in Odoo, who keeps the system, and
# the accountants of an Odoo without departments.
COST_READERS = (
    "paper_base.group_purchasing",
    "paper_base.group_finance",
    "paper_base.group_paper_overview",
    "account.group_account_readonly",
    "account.group_account_invoice",
)


def hides_costs(env):
    """Say whether costs are kept from the user: one of a department that neither buys, sells nor keeps the books."""
    return not env.su and is_department_reader(env) and not any(env.user.has_group(group) for group in COST_READERS)


class PaperFiguresHidden(models.AbstractModel):
    """Figures of a model that some departments do not see, whatever they ask with: forms and lists, reads by RPC,
    exports, groups, filters, sorting. They are empty there.

    The fields themselves stay readable to the program: transfers and manufacturing orders are valued by the very
    records, with the rights of the warehouse and of the workshop.
    """

    _name = "paper.figures.hidden"
    _description = "Figures Hidden from Departments"

    @api.model
    def _hidden_names(self):
        """Return the names of the fields whose figures are kept from the user. Override to add."""
        return set()

    @api.model
    def _hidden_refusal(self):
        return self.env._("Your department works without these figures: nothing is found or sorted by them.")

    @api.model
    def _hidden_fields(self):
        # What the user may not read at all stays refused.
        return {
            name
            for name in self._hidden_names()
            if name in self._fields and self._has_field_access(self._fields[name], "read")
        }

    def _read_format(self, fnames, load="_classic_read"):
        hidden = self._hidden_fields() & set(fnames)
        rows = super()._read_format([name for name in fnames if name not in hidden], load)
        empty = {name: self._empty_figure(name) for name in hidden}
        return [{**row, **empty} for row in rows] if hidden else rows

    @api.model
    def _empty_figure(self, name):
        return 0.0 if self._fields[name].type in ("float", "monetary") else False

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        hidden = self._hidden_fields()
        columns = {index for index, path in enumerate(fields) if path and path[0] in hidden}
        return [["" if index in columns else value for index, value in enumerate(row)] for row in rows] if columns else rows

    @api.private
    def copy_data(self, default=None):
        # It would answer an RPC with the values of all fields, as they are.
        return super().copy_data(default)

    def onchange(self, values, field_names, fields_spec):
        result = super().onchange(values, field_names, fields_spec)
        for name in self._hidden_fields() & (result.get("value") or {}).keys():
            result["value"][name] = self._empty_figure(name)
        return result

    @api.model
    def _search(self, domain, *args, **kwargs):
        hidden = self._hidden_fields()
        if hidden:
            for condition in Domain(domain).iter_conditions():
                self._check_figure_shown(condition.field_expr, hidden)
        return super()._search(domain, *args, **kwargs)

    def _order_field_to_sql(self, alias, field_name, *args, **kwargs):
        # The order that the model has of itself is not the user's question.
        if field_name not in self._order.replace(",", " ").split():
            self._check_figure_shown(field_name, self._hidden_fields())
        return super()._order_field_to_sql(alias, field_name, *args, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_figure_shown(groupby_spec, self._hidden_fields())
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        # A list asks for the sums of all its columns, so they are empty, not refused.
        if aggregate_spec.split(":")[0] in self._hidden_fields():
            return EMPTY
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _check_figure_shown(self, expression, hidden):
        if expression.partition(":")[0].partition(".")[0] in hidden:
            raise AccessError(self._hidden_refusal())


class PaperCostHidden(models.AbstractModel):
    """What a department that sees no costs gets of goods, purchases and machines: quantities, not what they cost."""

    _name = "paper.cost.hidden"
    _inherit = ["paper.figures.hidden"]
    _description = "Costs Hidden from Departments"

    # Fields that hold costs, beside those of money.
    _costs = ()

    @api.model
    def _cost_fields(self):
        """Return the names of the fields that hold costs. Override to add."""
        return {name for name, field in self._fields.items() if field.type == "monetary"} | {*self._costs}

    @api.model
    def _hidden_names(self):
        return super()._hidden_names() | (self._cost_fields() if hides_costs(self.env) else set())
