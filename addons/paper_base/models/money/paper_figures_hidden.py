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


# Stands for every field of money of a model.
MONEY = "monetary"


def hides(env, kind):
    """Say whether figures of a kind are kept from the user: one of a department whose work they are not.

    :param kind: a key of ``paper.figures.hidden._figure_readers``
    """
    if env.su or not is_department_reader(env):
        return False
    readers = env["paper.figures.hidden"]._figure_readers()[kind]
    return not any(env.user.has_group(group) for group in readers)


class PaperFiguresHidden(models.AbstractModel):
    """Figures of a model that some departments do not see, whatever they ask with: forms and lists, reads by RPC,
    exports, groups, filters, sorting. They are empty there.

    The fields themselves stay readable to the program: transfers and manufacturing orders are valued by the very
    records, with the rights of the warehouse and of the workshop.

    Which figures are of which kind each addon says in a class of its own::

        _hidden_figures = {"cost": (MONEY, "standard_price")}
    """

    _name = "paper.figures.hidden"
    _description = "Figures Hidden from Departments"

    # {kind: fields that hold such figures, or open a page that shows them}
    _hidden_figures = {}

    @api.model
    def _figure_readers(self):
        """Return ``{kind: groups that read such figures}``. Override to add a kind."""
        return {"cost": COST_READERS}

    @api.model
    def _figures(self, kind):
        """Return the names of the fields that hold figures of a kind."""
        said = {name for cls in type(self).__mro__ for name in vars(cls).get("_hidden_figures", {}).get(kind, ())}
        if MONEY not in said:
            return said
        return said - {MONEY} | {name for name, field in self._fields.items() if field.type == MONEY}

    @api.model
    def _hidden_names(self):
        """Return the names of the fields whose figures are kept from the user."""
        kinds = [kind for kind in self._figure_readers() if hides(self.env, kind)]
        return {name for kind in kinds for name in self._figures(kind)}

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
