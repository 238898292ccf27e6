from odoo import fields, models
from odoo.tools import plaintext2html
from odoo.tools.misc import formatLang

from ...exceptions import CustomerMaterialError

RECEIVERS = ("paper_base.group_warehouse", "paper_base.group_purchasing")


class SaleOrder(models.Model):
    """A toll order in the mill: the customer's pulp is received as the customer's, inspected, used for this customer alone, and
    what is left of it is told (R5.2.1, R5.3.2).
    """

    _inherit = "sale.order"

    paper_toll_picking_ids = fields.One2many(
        "stock.picking", "paper_toll_order_id", string="Receipts of the Customer's Pulp", readonly=True, groups="base.group_user"
    )
    can_receive_material = fields.Boolean(compute="_compute_can_receive_material", groups="base.group_user")
    can_return_material = fields.Boolean(compute="_compute_can_return_material", groups="base.group_user")

    def _compute_can_receive_material(self):
        receives = self._is_one_of(RECEIVERS)
        for order in self:
            order.can_receive_material = receives and order.sudo()._awaits_material()  # sudo: only the rule is asked

    def _awaits_material(self):
        self.ensure_one()
        if self.state != "sale" or not self._paper_type_rule("customer_material") or self._has_open_material_transfer():
            return False
        return any(rec._lacking_kg() > 0.001 for rec in self.paper_customer_material_ids)

    def _has_open_material_transfer(self):
        return any(picking.state not in ("done", "cancel") for picking in self.paper_toll_picking_ids)

    def _material_owner(self):
        return self.partner_id.commercial_partner_id

    def action_receive_customer_material(self):
        """Make the receipt of the customer's pulp, as the customer's property, with its inspection at goods-in (R5.3.2).

        :return: action that opens the receipt
        :raises CustomerMaterialError: for who does not receive goods, or where nothing is to come
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_one_of(RECEIVERS):
            raise CustomerMaterialError(
                self.env._("The customer's pulp is received by %(who)s.", who=self._group_names(RECEIVERS))
            )
        order = self.sudo()  # sudo: the receipt comes with the order, whatever of it the warehouse may read
        if not order._awaits_material():
            raise CustomerMaterialError(self.env._("%(order)s waits for no pulp of its customer.", order=self.name))
        picking = self.env["stock.picking"].sudo()._by_step().create(order._prepare_material_receipt())  # sudo: as above
        picking = picking.browse(picking.id)
        picking.action_confirm()
        order._inspect_customer_material(picking)
        return self.env["stock.picking"].browse(picking.id)._get_records_action(name=self.env._("Receipt of the Customer's Pulp"))

    def _prepare_material_receipt(self):
        self.ensure_one()
        kind, owner = self.warehouse_id.in_type_id, self._material_owner()
        source = kind.default_location_src_id or owner.property_stock_supplier
        where = {"location_id": source.id, "location_dest_id": self.warehouse_id.lot_stock_id.id}
        lacking = {material: material._lacking_kg() for material in self.paper_customer_material_ids}
        moves = [
            fields.Command.create(self._prepare_material_move(where, material.product_id, material._in_product_uom(weight)))
            for material, weight in lacking.items()
            if weight > 0.001
        ]
        return {**self._prepare_material_transfer(kind, where), "move_ids": moves}

    def _prepare_material_transfer(self, kind, where):
        owner = self._material_owner()
        return {
            **where,
            "picking_type_id": kind.id,
            "partner_id": owner.id,
            "owner_id": owner.id,
            "origin": self.name,
            "company_id": self.company_id.id,
            "paper_toll_order_id": self.id,
        }

    def _prepare_material_move(self, where, product, quantity):
        return {
            **where,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "restrict_partner_id": self._material_owner().id,
            "company_id": self.company_id.id,
        }

    def _inspect_customer_material(self, picking):
        """Make the goods-in inspection of a receipt of the customer's pulp."""
        test = self.env.ref("paper_production.test_customer_material", raise_if_not_found=False)
        # sudo: the inspection comes with the receipt, whoever makes that
        inspections = self.env["qc.inspection"].sudo()._by_step()
        inspections.create(
            [
                {
                    "kind": "receipt",
                    "picking_id": picking.id,
                    "company_id": self.company_id.id,
                    "object_id": f"product.product,{product.id}",
                    "test": test.id if test else False,
                    "user": False,
                    "state": "ready",
                    "qty": sum(picking.move_ids.filtered(lambda move, p=product: move.product_id == p).mapped("product_uom_qty")),
                    "auto_generated": True,
                    "inspection_lines": inspections._prepare_inspection_lines(test) if test else [],
                }
                for product in picking.move_ids.product_id
            ]
        )

    # The gate

    def _get_material_blockers(self):
        """List what of the customer's pulp is not there, or has not passed its inspection at goods-in."""
        self.ensure_one()
        if not self._paper_type_rule("customer_material"):
            return []
        way, found = self.env["paper.way.out"], []
        lacking = [
            self.env._(
                "%(pulp)s: %(received)s of %(agreed)s kg of the customer's pulp are here.",
                pulp=material.product_id.display_name,
                received=formatLang(self.env, material.received_kg, digits=0),
                agreed=formatLang(self.env, material.quantity_kg, digits=0),
            )
            for material in self.paper_customer_material_ids
            if material._lacking_kg() > 0.001
        ]
        if lacking:
            action = way._open(self.paper_toll_picking_ids or self)
            found.append(self._paper_blocker("customer_material", "\n".join(lacking), action))
        inspections = self.paper_toll_picking_ids.filtered(lambda rec: rec.state == "done").paper_inspection_ids
        waiting = inspections.filtered(lambda rec: rec.state not in ("success", "canceled"))
        if waiting:
            text = self.env._(
                "The customer's pulp has not passed its inspection at goods-in: %(names)s.",
                names=", ".join(waiting.mapped("name")),
            )
            found.append(self._paper_blocker("customer_material_inspection", text, way._open(waiting)))
        return found

    # What is left

    def _customer_material_left(self):
        """Return the customer's pulp of which something is left that is agreed to be given back."""
        return self.paper_customer_material_ids.filtered(lambda rec: rec.rest == "return" and rec.left_kg > 0.001)

    def _tell_material_left(self):
        """Tell what is left of the customer's pulp, once the last of an order's paper is in stock."""
        for order in self:
            productions = order._paper_productions()
            if not productions or any(rec.state != "done" for rec in productions):
                continue
            lines = [
                order.env._(
                    "%(pulp)s: %(received)s kg received, %(used)s kg used, %(left)s kg left (%(rest)s)",
                    pulp=material.product_id.display_name,
                    received=formatLang(order.env, material.received_kg, digits=0),
                    used=formatLang(order.env, material.used_kg, digits=0),
                    left=formatLang(order.env, material.left_kg, digits=0),
                    rest=dict(material._fields["rest"]._description_selection(order.env))[material.rest],
                )
                for material in order.paper_customer_material_ids
            ]
            order.message_post(body=plaintext2html("\n".join(lines)))
            if order._customer_material_left():
                order.company_id._paper_tell(
                    "paper_base.group_warehouse",
                    order,
                    lambda rec: rec.env._("Give back what is left of the customer's pulp: %(order)s", order=rec.name),
                    kind="material left",
                )

    def _compute_can_return_material(self):
        returns = self._is_one_of(RECEIVERS)
        for order in self:
            # sudo: only the rule is asked
            order.can_return_material = returns and bool(order.sudo()._returnable_material())

    def _returnable_material(self):
        self.ensure_one()
        none = self.env["paper.customer.material"]
        if not self._paper_type_rule("customer_material") or self._has_open_material_transfer():
            return none
        made = self._paper_productions()
        done = bool(made) and all(rec.state in ("done", "cancel") for rec in made) or self.state == "cancel"
        return self._customer_material_left() if done else none

    def action_return_customer_material(self):
        """Make the transfer that gives the customer back what is left of the pulp, and open it.

        :raises CustomerMaterialError: for who does not handle goods, or where nothing is left to give back
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_one_of(RECEIVERS):
            raise CustomerMaterialError(
                self.env._("The customer's pulp is received by %(who)s.", who=self._group_names(RECEIVERS))
            )
        order = self.sudo()  # sudo: see action_receive_customer_material
        left = order._returnable_material()
        if not left:
            raise CustomerMaterialError(
                self.env._("Nothing of the customer's pulp is to be given back for %(order)s.", order=self.name)
            )
        kind, owner = order.warehouse_id.out_type_id, order._material_owner()
        where = {"location_id": order.warehouse_id.lot_stock_id.id, "location_dest_id": owner.property_stock_supplier.id}
        picking = self.env["stock.picking"].sudo()._by_step().create(  # sudo: as above
            {
                **order._prepare_material_transfer(kind, where),
                "move_ids": [
                    fields.Command.create(order._prepare_material_move(where, rec.product_id, rec._in_product_uom(rec.left_kg)))
                    for rec in left
                ],
            }
        )
        picking = picking.browse(picking.id)
        picking.action_confirm()
        picking.action_assign()
        return self.env["stock.picking"].browse(picking.id)._get_records_action(name=self.env._("Return of the Customer's Pulp"))
