"""What stands in a link stays out of the server's log: whoever reads the log must not act in the receiver's place."""

import logging
import re

# As paper.link makes its tokens, in a path or as a value of the query.
TOKEN = re.compile(r"(?<=[/=])[A-Za-z0-9_-]{40,}")


class HideTokens(logging.Filter):
    """Writes `…` in the place of tokens in the lines of requests."""

    def filter(self, record):
        if isinstance(record.args, tuple):
            record.args = tuple(TOKEN.sub("…", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def install():
    logger = logging.getLogger("werkzeug")
    if not any(isinstance(known, HideTokens) for known in logger.filters):
        logger.addFilter(HideTokens())
