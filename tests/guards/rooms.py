"""What the guards of rooms read from the sources: class bodies of models, by model."""

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

from sources import code, tree


@dataclass(frozen=True)
class Body:
    """One class body of a model: a place where it is defined or extended."""

    model: str
    path: Path
    line: int
    methods: dict

    def __hash__(self):
        return hash((self.path, self.line))


@functools.cache
def bodies(addon):
    """Return the class bodies of models in an addon's code."""
    return tuple(
        Body(model, path, node.lineno, {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)})
        for path in code(addon)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and (model := _model(node))
    )


def _model(node):
    """Return the model that a class defines or extends; None if it is no model."""
    said = {
        target.id: _texts(item.value)
        for item in node.body
        if isinstance(item, ast.Assign)
        for target in item.targets
        if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
    }
    names = said.get("_name") or said.get("_inherit") or []
    return names[0] if len(names) == 1 else None


def _texts(node):
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant)]
