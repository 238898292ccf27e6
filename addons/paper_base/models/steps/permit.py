"""What tells a step of a document from a hand: a context value that no client can send."""

# The key is public, its value is not: a client's context holds plain JSON, never an instance of the class below.
KEY = "paper_step"


class StepPermit(str):
    """Lets the models that it names write what only their steps write; as a text it is harmless wherever it is sent."""

    models: frozenset

    def __new__(cls, *models):
        permit = super().__new__(cls, ",".join(sorted(models)))
        permit.models = frozenset(models)
        return permit

    @classmethod
    def of(cls, env):
        """Return the names of the models that the environment's permit covers; none without a permit."""
        permit = env.context.get(KEY)
        return permit.models if isinstance(permit, cls) else frozenset()
