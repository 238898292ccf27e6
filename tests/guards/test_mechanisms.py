"""One mechanism for one idea: what paper_base does is not written anew in the addons (docs/extending.md)."""

import ast
import re
import unittest

import sources

# Where the mechanisms themselves stand.
STEPS = "paper_base/models/steps/"
TELLING = "paper_base/models/department/"
LINKS = ("paper_base/models/link/", "paper_base/links.py")
DAY = "paper_base/models/clock/res_company.py"
MOST_SU = 15  # lines in which env.su may be asked: the person is asked for the right
DEMO = "paper_mill/models/"  # plays the people, by their own buttons and to-dos
# A button of a view, with what an inherited one is given, and the conditions under which it hides or shows.
BUTTON = re.compile(r'<button\b(?:[^>"]|"[^"]*")*?(?:/>|>(?:\s*<attribute\b.*?</button>)?)', re.S)
CONDITION = re.compile(r'\b(?:column_invisible|invisible|t-if)="([^"]*)"|<attribute name="invisible">([^<]*)')
# Names under which lists of protected fields and tables of states went before they were said at the fields.
LISTS = re.compile(
    r"^(PROTECTED|EDITABLE|ENDING|STAMPS|TRANSITIONS"
    r"|(STEP|CLOCK|PROOF|LOADING|DECISION|EVIDENCE|VERDICT|GIVEN|COMPUTED|IDENTITY|FROZEN|NOTICE|LETTER)_FIELDS)$"
)


def _sources():
    for addon in sources.addons():
        for path in sources.code(addon):
            yield path, str(path.relative_to(sources.ADDONS))


def _calls(tree):
    """Yield (name of the function or method, node) of each call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def _buttons():
    """Yield (path, line, name, condition under which it hides or shows) of each button in a view."""
    for addon in sources.addons():
        for path in sources.files(addon, ".xml"):
            if path.relative_to(sources.ADDONS).parts[1] not in ("views", "wizards"):
                continue
            text = path.read_text()
            for button in BUTTON.finditer(text):
                name = re.search(r'\bname="([^"]*)"', button[0])
                for condition in CONDITION.findall(button[0]):
                    yield path, text.count("\n", 0, button.start()) + 1, name[1] if name else "", "".join(condition)


class TestMechanisms(unittest.TestCase):
    def test_the_person_is_asked(self):
        """env.su opens nothing: the step mixin asks the person."""
        found = []
        for path, name in _sources():
            if not name.startswith(STEPS):
                found += [
                    sources.where(path, node.lineno)
                    for node in ast.walk(sources.tree(path))
                    if isinstance(node, ast.Attribute) and node.attr == "su" and getattr(node.value, "attr", "") == "env"
                ]
        self.assertLessEqual(len(found), MOST_SU, "\n" + "\n".join(found))

    def test_no_list_of_protected_names(self):
        """What only steps write is said at the field, by_steps=True, and what follows what in _steps."""
        found = []
        for path, place in _sources():
            for node in sources.tree(path).body:
                targets = node.targets if isinstance(node, ast.Assign) else []
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                names = [name for name in names if "/models/" in place]
                found += [f"{sources.where(path, node.lineno)}: {name}" for name in names if LISTS.match(name)]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_deadlines_are_told_in_days(self):
        """A view tells a date in working days by paper_remaining_days; Odoo's remaining_days tells it in months and weeks."""
        found = [
            sources.where(path)
            for addon in sources.addons()
            for path in sources.files(addon, ".xml")
            if 'widget="remaining_days"' in sources.text(path)
        ]
        self.assertEqual(found, [])

    def test_people_are_told_by_one_mechanism(self):
        """To-dos come from company._paper_tell and end by their kind."""
        forbidden = {"activity_schedule", "activity_unlink", "activity_feedback", "activity_reschedule"}
        found = []
        for path, name in _sources():
            if not name.startswith((TELLING, DEMO)):
                found += [
                    f"{sources.where(path, node.lineno)}: {called}"
                    for called, node in _calls(sources.tree(path))
                    if called in forbidden
                ]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_tokens_are_links(self):
        """Whoever has no login comes by paper.link: no token is made, kept or compared elsewhere."""
        forbidden = {"consteq", "token_urlsafe", "token_hex"}
        found = []
        for path, name in _sources():
            if not name.startswith(LINKS):
                found += [
                    f"{sources.where(path, node.lineno)}: {called}"
                    for called, node in _calls(sources.tree(path))
                    if called in forbidden and not _explained(path, node, "token")
                ]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_server_tokens_equal_no_text(self):
        """What tells the server's work from a hand in a context is a ServerToken: any text equals what a client sends back."""
        found = []
        for addon in sources.addons():
            for path in sources.code(addon):
                for node in ast.walk(sources.tree(path)):
                    if not isinstance(node, ast.ClassDef) or node.name == "ServerToken":
                        continue
                    if any(isinstance(base, ast.Name) and base.id == "str" for base in node.bases):
                        found.append(f"{sources.where(path, node.lineno)}: {node.name}")
        self.assertEqual(found, [])

    def test_the_day_is_the_mills(self):
        """company._paper_day takes the date of a moment, company._paper_date writes one in the document's language."""
        found = []
        for path, name in _sources():
            if name == DAY or "/lib/" in name:
                continue
            for called, node in _calls(sources.tree(path)):
                taken = called == "date" and isinstance(node.func, ast.Attribute) and not (node.args or node.keywords)
                if (taken or called in ("format_date", "format_datetime")) and not _explained(path, node, "day"):
                    found.append(f"{sources.where(path, node.lineno)}: {called}()")
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_today_is_the_mills(self):
        """Today is company._paper_today(), for defaults and tests too: the machine's day and a user's may be another."""
        found = []
        for addon in sources.addons():
            for path in sources.files(addon, ".py"):
                if str(path.relative_to(sources.ADDONS)) != DAY:
                    found += _todays(path)
        for folder in ("tests", "tools"):
            for path in (sources.ROOT / folder).rglob("*.py"):
                found += _todays(path)
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_one_question_whether_a_text_says_anything(self):
        """A reason, solution or answer is asked by lib/words.py: a full stop or an invisible character says nothing."""
        found = []
        for path, name in _sources():
            if "/lib/" in name:
                continue
            for node in ast.walk(sources.tree(path)):
                asked = []
                if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
                    asked = [node.operand]
                elif isinstance(node, (ast.If, ast.IfExp)):
                    asked = [node.test]
                elif isinstance(node, ast.BoolOp):
                    asked = node.values
                for part in asked:
                    stripped = isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "strip" and not part.args
                    # What a page posted is read by the readers of answers, which say what is wrong with it.
                    posted = stripped and isinstance(part.func.value, ast.Call)
                    if stripped and not posted and not _explained(path, part, "text"):
                        found.append(sources.where(path, part.lineno))
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_buttons_ask_the_predicate_of_their_method(self):
        """Whether a button shows is said in Python, where its method asks the same: can_<verb>, not its states again."""
        found = []
        for path, number, name, condition in _buttons():
            opens = name.startswith(("action_view_", "action_open_"))
            if not opens and re.search(r"\b(state|result|stage|stage_id)\b|\w_state\b", condition):
                found.append(f"{sources.where(path, number)}: {name}: {condition}")
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_letters_name_the_zone(self):
        """A moment in a letter or page is written with a zone, or by company._paper_moment."""
        found = []
        for addon in sources.addons():
            for path in sources.files(addon, ".xml"):
                for number, line in enumerate(path.read_text().splitlines(), 1):
                    for call in re.findall(r"format_datetime\((?:[^()]|\([^()]*\))*\)", line):
                        if "tz=" not in call:
                            found.append(f"{sources.where(path, number)}: {call}")
        self.assertEqual(found, [], "\n" + "\n".join(found))


def _todays(path):
    """Return where a file asks a clock other than the mill's for today's date."""
    return [
        f"{sources.where(path, node.lineno)}: {node.attr}"
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("today", "context_today") and _is_clock(node.value)
    ]


def _is_clock(node):
    """Whether an expression is one of the classes that know today: ``fields.Date``, ``datetime.date``, ``date`` ..."""
    return getattr(node, "attr", getattr(node, "id", "")) in ("Date", "date", "datetime", "Datetime")


def _explained(path, node, word):
    """The exception is given its reason, `# day: …` or `# token: …`, on the line or one of the three above."""
    remarks = sources.comments(path)
    return any(f"{word}:" in remarks.get(line, "") for line in range(node.lineno - 3, node.end_lineno + 1))
