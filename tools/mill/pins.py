"""The pins of config/pins.toml."""

import functools
import hashlib
import tomllib

from . import paths


@functools.cache
def pins():
    """Return config/pins.toml as a dictionary."""
    with open(paths.CONFIG / "pins.toml", "rb") as stream:
        return tomllib.load(stream)


def digest(*parts):
    """Return a short hash of text and of files' contents."""
    result = hashlib.sha256()
    for part in parts:
        result.update(part.read_bytes() if hasattr(part, "read_bytes") else str(part).encode())
        result.update(b"\0")
    return result.hexdigest()[:16]


def file_digest(path):
    """Return a file's SHA-256."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
