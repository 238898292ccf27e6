import re

from odoo import models

DESKS = "paper_desk"
CHANNEL = re.compile(r"paper_order_(\d+)")


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let who may read an order hear of its status; the name of the channel alone opens nothing.

        That orders moved is told to the desks of the mill's own people.
        """
        if DESKS in channels and not self.env.user._is_internal():
            channels = [channel for channel in channels if channel != DESKS]
        asked = {channel: CHANNEL.fullmatch(channel) for channel in channels if isinstance(channel, str)}
        names = [channel for channel, match in asked.items() if match]
        result = super()._build_bus_channel_list([channel for channel in channels if channel not in names])
        if names and self.env.user._is_internal():
            orders = self.env["sale.order"].browse(int(asked[name].group(1)) for name in names)
            result.extend((order, "paper_status") for order in orders.exists()._filtered_access("read"))
        return result
