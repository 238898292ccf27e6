"""The programs of tests/ that commands run: benches and trials."""

import importlib.util
from pathlib import Path


def load(path):
    """Import a program from its file; it is no package, and its name clashes with nobody's."""
    path = Path(path)
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
