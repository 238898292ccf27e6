"""What docs/extending.md shows is what is tested."""

import re

from sources import ADDONS, ROOT

EXAMPLE = ADDONS / "paper_base" / "tests" / "example_document.py"


def test_the_page_shows_the_tested_example():
    shown = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "extending.md").read_text(), re.S)[1]
    assert shown == EXAMPLE.read_text()


def test_the_example_is_short():
    lines = EXAMPLE.read_text().splitlines()
    body = [line for line in lines if line.strip()]
    assert len(body) < 60, len(body)


def test_the_page_names_what_there_is():
    text = (ROOT / "docs" / "extending.md").read_text()
    files = [path for kind in ("*.py", "*.js") for path in ADDONS.rglob(kind) if "tests" not in path.parts]
    source = "".join(path.read_text() for path in files)
    for name in set(re.findall(r"`[^`\n]*?(_[a-z_]{4,})\b", text)):
        if not name.startswith("_action"):
            assert name in source, name


def test_every_hook_is_tried_by_the_addon_of_somebody_else():
    page = (ROOT / "docs" / "extending.md").read_text()
    hooks = page.partition("## Hooks")[2].partition("\n## ")[0]
    foreign = ROOT / "tests" / "extending" / "addons" / "mill_dyeing"
    source = "".join(path.read_text() for path in foreign.rglob("*.py"))
    named = set(re.findall(r"`(_\w+)\(", hooks)) - {"_from_tables", "_stages_with_tasks", "_paper_status_changed"}
    assert len(named) > 10
    for name in named - {"_missing_"}:
        assert name in source, name
