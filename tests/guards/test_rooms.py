"""Rooms: a newcomer finds by the names of folders where a thing is done, and reads a step of it in one place."""

import unittest
from collections import defaultdict

import sources
from rooms import bodies

# More than these side by side nobody looks through.
MOST = 25
# Still being cut into rooms; each takes its name off this list, which is empty in the end.
BEING_CUT = set()


def crowded(addon):
    """Return the folders of an addon, its tests included, that hold more sources side by side than one looks through."""
    side_by_side = defaultdict(int)
    for path in (*sources.files(addon, ".py"), *sources.files(addon, ".xml")):
        side_by_side[path.parent] += path.name != "__init__.py"
    return [f"{sources.where(folder)}: {count}" for folder, count in side_by_side.items() if count > MOST]


def doubled(addon):
    """Return the models that have several class bodies in one room."""
    by_room = defaultdict(list)
    for body in bodies(addon):
        by_room[body.path.parent, body.model].append(body)
    return [f"{model}: {_places(each)}" for (_room, model), each in by_room.items() if len(each) > 1]


def overriding(addon):
    """Return the methods that an addon gives a model in several places, so that one overrides the other."""
    by_method = defaultdict(list)
    for body in bodies(addon):
        for method in body.methods:
            by_method[body.model, method].append(body)
    return [f"{model}.{method}: {_places(each)}" for (model, method), each in by_method.items() if len(each) > 1]


def misnamed(addon):
    """Return the files that hold a model and are not called like it, or hold another one, too."""
    by_file = defaultdict(set)
    for body in bodies(addon):
        by_file[body.path].add(body.model)
    return [
        f"{sources.where(path)}: {', '.join(sorted(models))}"
        for path, models in by_file.items()
        if {path.stem} != {_file_name(model) for model in models}
    ]


RULES = (crowded, doubled, overriding, misnamed)


class TestRooms(unittest.TestCase):
    def test_no_crowded_folder(self):
        """No folder of an addon holds more sources side by side than one looks through."""
        self._hold(crowded)

    def test_one_body_of_a_model_a_room(self):
        """In one room a model has one class body."""
        self._hold(doubled)

    def test_no_addon_overrides_itself(self):
        """A method that an addon gives a model stands in one place of it: no step is spread by the order of imports."""
        self._hold(overriding)

    def test_a_file_is_named_after_its_model(self):
        """A file that holds a model holds no other, and is called like it."""
        self._hold(misnamed)

    def test_the_list_is_true(self):
        """Whose rooms are in order is not on the list of those that are being cut."""
        self.assertEqual([addon for addon in sorted(BEING_CUT) if not any(rule(addon) for rule in RULES)], [])

    def _hold(self, rule):
        found = [line for addon in sources.addons() if addon not in BEING_CUT for line in rule(addon)]
        self.assertEqual(found, [], "\n" + "\n".join(found))


def _places(found):
    return ", ".join(sources.where(body.path, body.line) for body in found)


def _file_name(model):
    """Return how the file of a model is called; a report's values by the name of the report alone.

    >>> _file_name("sale.order"), _file_name("report.paper_quality.report_certificate")
    ('sale_order', 'report_certificate')
    """
    parts = model.split(".")
    return parts[-1] if parts[0] == "report" else "_".join(parts)
