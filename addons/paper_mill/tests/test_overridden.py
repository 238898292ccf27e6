"""A canary for each private method of Odoo and OCA that ours override: they may change without notice."""

import inspect
import json
from pathlib import Path

from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged

RECORD = Path(__file__).parent / "overridden.json"
EVERYWHERE = ("base", "mail.thread")
AUTHOR = "Paper Mill Order Management"


@tagged("post_install", "-at_install")
class TestOverridden(TransactionCase):
    """The signatures of the overridden methods are those that ours were written for.

    After looking at what changed, ``overridden.json`` is brought up to date by hand: the failure shows the line.
    """

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        installed = cls.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        cls.ours = {name for name in installed if (Manifest.for_addon(name) or {}).get("author") == AUTHOR}

    def _all_of_ours(self):
        """Return the names of the addons that stand beside this one."""
        return {path.parent.name for path in Path(__file__).parents[2].glob("paper_*/__manifest__.py")}

    def _addon(self, cls):
        parts = cls.__module__.split(".")
        return parts[2] if parts[:2] == ["odoo", "addons"] else parts[0]

    def _overridden(self):
        """Return ``{"model.method": (signature of theirs, our addons, whether ours can be called like it)}``."""
        found = {}
        for model, registered in self.env.registry.items():
            chain = [cls for cls in registered.__mro__ if "_register" in vars(cls) or cls.__module__.startswith("odoo.")]
            for position, cls in enumerate(chain):
                if cls._name in EVERYWHERE and model != cls._name:
                    continue  # named once, not for every model that has it
                if self._addon(cls) not in self.ours or not cls.__module__.startswith("odoo.addons."):
                    continue
                if vars(cls).get("_inherit") == "base" and model != "base":
                    continue  # what all models inherit is named once
                for name, method in vars(cls).items():
                    if not name.startswith("_") or name.startswith("__") or not inspect.isfunction(method):
                        continue
                    theirs = self._theirs(chain[position + 1 :], name)
                    if theirs:
                        entry = found.setdefault(f"{model}.{name}", [str(inspect.signature(theirs)), set(), True])
                        entry[1].add(self._addon(cls))
                        entry[2] &= _fits(method, theirs)
        return found

    def _theirs(self, chain, name):
        for cls in chain:
            if name in vars(cls):
                method = vars(cls)[name]
                if not inspect.isfunction(method):
                    return None
                if self._addon(cls) not in self.ours:
                    return method
        return None

    def test_signatures(self):
        """R2: what was overridden is still called as it was."""
        known = json.loads(RECORD.read_text())
        found = self._overridden()
        for name, (signature, addons, fits) in sorted(found.items()):
            with self.subTest(method=name):
                self.assertTrue(
                    name in known,  # assertIn would print all of them
                    f"{', '.join(sorted(addons))} overrides {name}{signature}: add it to paper_mill/tests/overridden.json.",
                )
                self.assertEqual(
                    known[name],
                    signature,
                    f"Odoo or OCA changed {name}: see whether its override in {', '.join(sorted(addons))} still does what "
                    "it is for, then write the new signature into paper_mill/tests/overridden.json.",
                )
                self.assertTrue(
                    fits, f"{', '.join(sorted(addons))}: the override of {name} cannot be called with {signature}."
                )
        gone = sorted(set(known) - set(found)) if self.ours >= self._all_of_ours() else []
        self.assertFalse(gone, "Nobody overrides these any more, or what they overrode is gone: " + ", ".join(gone))


def _fits(ours, theirs):
    """Say whether ours takes every argument that theirs takes."""
    own = inspect.signature(ours).parameters
    kinds = {parameter.kind for parameter in own.values()}
    takes_names = inspect.Parameter.VAR_KEYWORD in kinds
    takes_places = inspect.Parameter.VAR_POSITIONAL in kinds
    for name, parameter in list(inspect.signature(theirs).parameters.items())[1:]:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            if not takes_names:
                return False
        elif parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            if not takes_places:
                return False
        elif name not in own and not (takes_names or takes_places):
            return False
    return True
