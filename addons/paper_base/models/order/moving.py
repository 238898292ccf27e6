"""What tells a step that moves an order from a hand that writes its status."""

from ..steps.permit import ServerToken

# The key is public, its value is not: a client's context holds plain JSON, never an instance of the class below.
KEY = "paper_order_step"


class OrderStep(ServerToken):
    """Says that one of Odoo's own steps of an order is being taken; as a text it is harmless wherever it is sent."""

    @classmethod
    def is_taken(cls, env):
        return isinstance(env.context.get(KEY), cls)


def by_order_step(orders):
    """Return the orders so that a step of Odoo's writes their status."""
    return orders.with_context(**{KEY: OrderStep("taken")})
