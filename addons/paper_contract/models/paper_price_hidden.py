from odoo import api, models
from odoo.addons.paper_base.models.department_reading import is_department_reader
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

EMPTY = SQL("NULL::numeric")
# Who reads prices: the readers of contracts, and the accountants of an Odoo without departments.
PRICE_READERS = ("paper_contract.group_contract_reader", "account.group_account_readonly", "account.group_account_invoice")


def hides_prices(env):
    """Say whether prices are kept from the user: one of a department that works on orders and reads no contract."""
    return not env.su and is_department_reader(env) and not any(env.user.has_group(group) for group in PRICE_READERS)


class PaperPriceHidden(models.AbstractModel):
    """What a department that sees no prices gets of an order, whatever it asks with: forms and lists, reads by RPC,
    exports, groups, filters, sorting. Its prices are empty there (R4.1.3).

    The fields themselves stay readable to the program: transfers and manufacturing orders are valued by the very
    records, with the rights of the warehouse and of the workshop.
    """

    _name = "paper.price.hidden"
    _description = "Prices Hidden from Departments"

    @api.model
    def _price_fields(self):
        """Return the names of the fields that hold prices, or open a page that shows them. Override to add."""
        return {name for name, field in self._fields.items() if field.type == "monetary"}

    @api.model
    def _hidden_fields(self):
        if not hides_prices(self.env):
            return set()
        # What the user may not read at all stays refused.
        return {name for name in self._price_fields() if self._has_field_access(self._fields[name], "read")}

    def _read_format(self, fnames, load="_classic_read"):
        hidden = self._hidden_fields() & set(fnames)
        rows = super()._read_format([name for name in fnames if name not in hidden], load)
        empty = {name: self._empty_price(name) for name in hidden}
        return [{**row, **empty} for row in rows] if hidden else rows

    @api.model
    def _empty_price(self, name):
        return 0.0 if self._fields[name].type in ("float", "monetary") else False

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        hidden = self._hidden_fields()
        columns = {index for index, path in enumerate(fields) if path and path[0] in hidden}
        return [["" if index in columns else value for index, value in enumerate(row)] for row in rows] if columns else rows

    def copy_data(self, default=None):
        # It answers an RPC with the values of all fields, as they are.
        if hides_prices(self.env):
            raise AccessError(self.env._("Your department works without prices: it does not copy orders."))
        return super().copy_data(default)

    def onchange(self, values, field_names, fields_spec):
        result = super().onchange(values, field_names, fields_spec)
        for name in self._hidden_fields() & (result.get("value") or {}).keys():
            result["value"][name] = self._empty_price(name)
        return result

    @api.model
    def _search(self, domain, *args, **kwargs):
        hidden = self._hidden_fields()
        if hidden:
            for condition in Domain(domain).iter_conditions():
                self._check_price_shown(condition.field_expr, hidden)
        return super()._search(domain, *args, **kwargs)

    def _order_field_to_sql(self, alias, field_name, *args, **kwargs):
        self._check_price_shown(field_name, self._hidden_fields())
        return super()._order_field_to_sql(alias, field_name, *args, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_price_shown(groupby_spec, self._hidden_fields())
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        # A list asks for the sums of all its columns, so they are empty, not refused.
        if aggregate_spec.split(":")[0] in self._hidden_fields():
            return EMPTY
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _check_price_shown(self, expression, hidden):
        if expression.partition(":")[0].partition(".")[0] in hidden:
            raise AccessError(self.env._("Your department works without prices: orders are not found or sorted by them."))
