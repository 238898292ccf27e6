from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _received_by_roll(self):
        """Return the received quantities that follow from what was reported of each roll, as ``_record_proof`` takes them."""
        self.ensure_one()
        last = {}
        for event in self.paper_event_ids.filtered(lambda rec: rec.kind == "roll").sorted("id"):
            last[event.lot_id] = event
        lines = []
        for receipt in self.paper_receipt_ids:
            missing = refused = 0.0
            remarks = []
            for line in self._paper_lines().filtered(lambda rec, own=receipt: rec.move_id.sale_line_id == own.order_line_id):
                spec = line.lot_id.paper_spec_id or line.move_id._paper_spec()
                event = last.get(line.lot_id)
                if not event or event.verdict == "ok" or (line.product_id, spec) != (receipt.product_id, receipt.paper_spec_id):
                    continue
                kg = self._in_kg(line.product_uom_id, line.quantity)
                missing += kg if event.verdict == "missing" else 0.0
                refused += kg if event.verdict in ("damaged", "refused") else 0.0
                remarks.append(
                    f"{line.lot_id.name}: {event.note or event._fields['verdict'].convert_to_export(event.verdict, event)}"
                )
            received = round(receipt.shipped_kg - missing, 3)
            lines.append(
                {
                    "id": receipt.id,
                    "received_kg": received,
                    "refused_kg": min(round(refused, 3), received),
                    "remark": "; ".join(remarks),
                }
            )
        return lines
