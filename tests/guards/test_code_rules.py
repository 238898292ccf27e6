"""Rules that no linter knows: stored computes, sudo, translations, sizes."""

import ast
import unittest

import sources

NEAR = 6  # lines between a sudo() and its reason: a statement of several lines, or two calls for one reason
# The function itself, and a page that answers its visitor in its own words.
LOCKING = ("locking.py", "completion.py")
HARD_LIMIT = 500  # lines; a good size is under 300, and `./mill lint` lists what is above that


class TestCode(unittest.TestCase):
    def test_stored_compute_names_its_dependencies(self):
        """A stored computed field without @api.depends is never computed again."""
        for addon in sources.addons():
            methods = {}
            for path in sources.code(addon):
                for node in ast.walk(sources.tree(path)):
                    if isinstance(node, ast.FunctionDef):
                        methods.setdefault(node.name, []).append(node)
            found = []
            for path in sources.code(addon):
                for node in ast.walk(sources.tree(path)):
                    compute = _stored_compute(node)
                    if compute in methods and not any(_depends(method) for method in methods[compute]):
                        found.append(f"{sources.where(path, node.lineno)}: {compute} has no @api.depends")
            with self.subTest(addon=addon):
                self.assertEqual(found, [])

    def test_sudo_has_a_reason(self):
        """Each sudo() has `# sudo: <who> needs <what>` close above."""
        for addon in sources.addons():
            found = []
            for path in sources.code(addon):
                remarks = sources.comments(path)
                found += [
                    f"{sources.where(path, line)}: sudo() without a `# sudo:` comment above"
                    for start, line in _sudo_calls(sources.tree(path))
                    if not _explained(remarks, start, line)
                ]
            with self.subTest(addon=addon):
                self.assertEqual(found, [])

    def test_a_lock_tells_who_comes_second(self):
        """A record is locked by ``lock_or_tell``: Odoo's own refusal names neither the record nor what to do."""
        found, locking = [], 0
        for addon in sources.addons():
            for path in sources.code(addon):
                names = [node.attr for node in ast.walk(sources.tree(path)) if isinstance(node, ast.Attribute)]
                if "lock_for_update" in names:
                    locking += 1
                    found += [sources.where(path, 1)] if path.name not in LOCKING else []
        self.assertEqual(found, [])
        self.assertTrue(locking, "nobody locks anything: the guard looks for the wrong name")

    def test_translations_go_through_the_environment(self):
        """Text is translated with self.env._(): an imported _ guesses the language from the caller's stack."""
        for addon in sources.addons():
            found = []
            for path in sources.code(addon):
                for node in ast.walk(sources.tree(path)):
                    if isinstance(node, ast.ImportFrom) and node.module in ("odoo", "odoo.tools", "odoo.tools.translate"):
                        found += [sources.where(path, node.lineno) for alias in node.names if alias.name == "_"]
            with self.subTest(addon=addon):
                self.assertEqual(found, [])

    def test_lib_is_plain_python(self):
        """lib/ holds maths that any Python can import: no odoo in it."""
        for addon in sources.addons():
            found = []
            for path in (sources.ADDONS / addon / "lib").rglob("*.py"):
                for node in ast.walk(sources.tree(path)):
                    names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                    names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
                    found += [sources.where(path, node.lineno) for name in names if name.split(".")[0] == "odoo"]
            with self.subTest(addon=addon):
                self.assertEqual(found, [])

    def test_no_giant_files(self):
        """No source file is longer than any reader's patience."""
        found = []
        for path in sources.tracked():
            if path.suffix in (".py", ".js", ".scss") and (lines := sources.text(path).count("\n")) > HARD_LIMIT:
                found.append(f"{sources.where(path)}: {lines} lines")
        self.assertEqual(found, [])


def _stored_compute(node):
    """Return the compute method's name of a stored field's definition, or None."""
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "fields"
    ):
        return None
    given = {k.arg: k.value.value for k in node.keywords if k.arg and isinstance(k.value, ast.Constant)}
    return given.get("compute") if given.get("store") else None


def _depends(method):
    for decorator in method.decorator_list:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        if getattr(function, "attr", getattr(function, "id", "")) == "depends":
            return True
    return False


def _sudo_calls(tree):
    """Yield (first line of the function, line) of each sudo call."""

    def walk(node, start):
        for child in ast.iter_child_nodes(node):
            begin = child.lineno if isinstance(child, ast.FunctionDef) else start
            if isinstance(child, ast.Call) and getattr(child.func, "attr", "") == "sudo":
                yield begin, child.func.end_lineno
            yield from walk(child, begin)

    yield from walk(tree, 1)


def _explained(remarks, start, line):
    """The reason stands on the line or at most NEAR lines above, in the same function."""
    return any("sudo:" in remarks.get(row, "") for row in range(max(start, line - NEAR), line + 1))
