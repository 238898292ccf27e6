from odoo import api, models

from ...triggers import set_trigger

# A line with one of these is nothing that a contract is about.
NOT_GOODS = ("display_type", "is_downpayment", "is_expense")
GOODS = "{row}.display_type IS NULL AND {row}.is_downpayment IS NOT TRUE AND {row}.is_expense IS NOT TRUE"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        goods = [vals for vals in vals_list if not any(vals.get(name) for name in NOT_GOODS)]
        orders = self.env["sale.order"].browse({vals["order_id"] for vals in goods if vals.get("order_id")})
        orders._check_lines_free()
        given = self.env["sale.order"].browse({vals["order_id"] for vals in vals_list if vals.get("order_id")})
        before = given._contracts_before()
        lines = super().create(vals_list)
        lines.order_id._contracts_follow(before)
        return lines

    def write(self, vals):
        agreed = {"name", *self._agreed_fields()} & vals.keys()
        orders = self.order_id | self.env["sale.order"].browse(vals.get("order_id") or ()) if agreed else self.env["sale.order"]
        before = orders._contracts_before()
        dates = {line: line._paper_delivery_date() for line in self if line.is_paper} if "paper_commitment_date" in vals else {}
        result = super().write(vals)
        self.env["paper.order.promise"]._keep_line_changes(dates)
        orders._contracts_follow(before)
        return result

    def unlink(self):
        orders = self.order_id
        self.filtered(lambda line: line._is_contract_line()).order_id._check_lines_free()
        before = orders._contracts_before()
        result = super().unlink()
        orders._contracts_follow(before)
        return result

    def _contract_terms(self):
        """Return what a contract fixes of this line, as plain values; a day and place of its own where it has them."""
        self.ensure_one()
        return {
            **self._delivery_terms(),
            "id": self.id,
            "product": self.product_id.id,
            "name": self.name,
            "spec": self.paper_spec_id._contract_terms() if self.paper_spec_id else None,
            "quantity": self.paper_quantity,
            "unit": self.paper_unit if self.paper_spec_id else None,
            "uom_quantity": self.product_uom_qty,
            "uom": self.product_uom_id.id,
            "price": self.price_unit,
            "discount": self.discount,
            "taxes": sorted(self.tax_ids.ids),
            "subtotal": self.price_subtotal,
            "total": self.price_total,
        }

    def _delivery_terms(self):
        """Return what the line's delivery has of its own, {} where nothing: contracts signed before say the same."""
        terms = {name: value for name, value in self._paper_own_delivery().items() if value}
        if "paper_shipping_id" in terms:
            terms["place"] = self.paper_shipping_id._contract_place()
        return terms

    def _paper_signed_place(self):
        moved = self._moved_place()
        # Where it did not move, the address of today says the same, and in what province.
        return self.env["res.partner"]._signed_address(moved) if moved else super()._paper_signed_place()

    def _moved_place(self):
        """Return the place that was signed for the line, as ``_contract_place`` gives it; False where it is that of today."""
        self.ensure_one()
        # sudo: where the goods go is no secret of the contract's
        contract = self.order_id.sudo()._open_contract()
        signed = contract._signed_place(self) if contract.state == "in_force" else None
        return signed if signed and signed != self._paper_delivery_place()._contract_place() else False

    def init(self):
        result = super().init()
        columns = [name for name in self._agreed_fields() if self._fields[name].column_type]
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
        function = "paper_contract_refuse_line"
        set_trigger(self, "UPDATE", function, f"{GOODS.format(row='OLD')} AND ({changed})")
        set_trigger(self, "INSERT", function, GOODS.format(row="NEW"))
        set_trigger(self, "DELETE", function, GOODS.format(row="OLD"))
        return result
