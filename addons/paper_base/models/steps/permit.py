"""What tells a step of a document from a hand: a context value that no client can send."""

# The key is public, its value is not: a client's context holds plain JSON, never an instance of the class below.
KEY = "paper_step"


class ServerToken(str):
    """A context value that only the server makes: as a text it is harmless wherever it is sent.

    It equals no text. The client sends the context of a dialog back, with the text that the token was; a context that holds
    the token must not be taken for that one, or what the token says would be lost.
    """

    __hash__ = str.__hash__

    def __eq__(self, other):
        return type(other) is type(self) and str.__eq__(self, other)

    def __ne__(self, other):
        return not self == other


class StepPermit(ServerToken):
    """Lets what it names be written as only steps write it: models, or single fields of them as "model.field"; as a text it is
    harmless wherever it is sent.
    """

    names: frozenset

    def __new__(cls, *names):
        permit = super().__new__(cls, ",".join(sorted(names)))
        permit.names = frozenset(names)
        return permit

    @classmethod
    def of(cls, env):
        """Return the names of what the environment's permit covers; none without a permit."""
        permit = env.context.get(KEY)
        return permit.names if isinstance(permit, cls) else frozenset()


def lines_by_step(records):
    """Return the records so that a step of Odoo's writes in the lines of orders what no hand does."""
    return records.with_context(**{KEY: StepPermit("sale.order.line")})
