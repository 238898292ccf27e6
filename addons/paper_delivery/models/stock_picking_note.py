from odoo import models


class StockPicking(models.Model):
    """What the delivery note prints."""

    _inherit = "stock.picking"

    def _note_lines(self):
        """Return what the delivery note prints: a dictionary for each line of the order, product and specification."""
        self.ensure_one()
        result = {}
        for line in self._paper_lines():
            spec = line.lot_id.paper_spec_id or line.move_id._paper_spec()
            order_line = line.move_id.sale_line_id
            unit = order_line.paper_unit or "kg"
            entry = result.setdefault(
                (line.product_id, spec, order_line),
                {
                    "product": line.product_id,
                    "spec": spec,
                    "order_line": order_line,
                    "unit": unit,
                    "kg": 0.0,
                    "lots": {},
                    "packages": set(),
                },
            )
            kg = self._in_kg(line.product_uom_id, line.quantity)
            entry["kg"] += kg
            if line.lot_id:
                entry["lots"][line.lot_id.name] = entry["lots"].get(line.lot_id.name, 0.0) + kg
            if line.result_package_id or line.lot_id:
                entry["packages"].add(line.result_package_id or line.lot_id)
        names = dict(self.env["sale.order.line"]._paper_units())
        for entry in result.values():
            entry["quantity"] = entry["spec"]._in_unit(entry["kg"], entry["unit"])
            entry["unit_name"] = names[entry["unit"]]
            entry["packages"] = len(entry["packages"])
        return list(result.values())

    def _note_packages(self):
        """Return how many packages the consignee counts: what was packed together, else each reel or pallet by itself; 0
        where goods have neither, so that nobody knows the number.
        """
        self.ensure_one()
        lines = self._paper_lines()
        if not all(line.result_package_id or line.lot_id for line in lines):
            return 0
        return len({line.result_package_id or line.lot_id for line in lines})

    def _note_facts(self):
        """Return the facts above the lines of the note, in rows: ``[[(name, text), …], …]``; '' where nothing is known."""
        self.ensure_one()
        _ = self.env._
        notice, consignee = self.paper_notice_id, self.partner_id
        order = self.sale_id
        left = self.date_done or notice.planned_date
        names = dict.fromkeys(filter(None, (consignee.commercial_partner_id.name, consignee.name)))
        return [
            [
                (_("Delivery Note No."), self.name),
                (_("Order No."), order.name),
                (_("Your Order No."), order.client_order_ref),
            ],
            [
                (_("Consignee"), "\n".join(names)),
                (_("Consignee's Phone"), consignee.phone or consignee.commercial_partner_id.phone),
                (_("Dispatched"), self.company_id._paper_date(left)),
            ],
            [
                (_("Place of Delivery"), notice.delivery_place or consignee._paper_address()),
                (_("Vehicle"), notice.licence_plate),
                (_("Driver"), " ".join(filter(None, (notice.driver_name, notice.driver_phone)))),
            ],
            [
                (_("Number of Packages"), str(self._note_packages() or "")),
                (_("Dispatch Notice"), notice.name),
                (_("Delivery Date"), self.company_id._paper_date(notice.delivery_date)),
            ],
        ]
