"""Run tests: all of them, or those of some addons, files and folders.

  ./mill test                              every test of the project, in five stages
  ./mill test --stage alone                every test of every addon without the others (the whole run takes some)
  ./mill test paper_contract               the quick loop: this addon on a database of its own
  ./mill test paper_contract -k sign       ... and only the tests whose addon, file, class or method matches
  ./mill test addons/paper_base/tests/test_spec.py tests/guards

Stages: plain (tests without Odoo), alone (each addon on what its manifest asks for; in the run of everything the first
tests of each class, as all of them run together), together (all addons, browser tests,
the tests across addons), upgrade (the demo mill of the last release is brought to this code), uninstall (each addon taken
out of all). A warning in the log fails a run, and so does a test file that was not collected."""

from .. import addons, paths, setup
from ..console import Problem, say
from ..testing import alone, collect, deployment, foreign, jobs, plain, together, uninstall, upgraded
from ..testing.report import Report

STAGES = ("plain", "alone", "together", "upgrade", "uninstall")


def options(parser):
    parser.add_argument("what", nargs="*", metavar="ADDON|PATH", help="addons, test files or folders (none: everything)")
    parser.add_argument(
        "-k", dest="expression", default="", metavar="EXPR", help="only tests that match: words joined by and, or, not"
    )
    parser.add_argument("--stage", action="append", choices=STAGES, help="only this stage (can be given several times)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="how many jobs at the same time (2)")
    parser.add_argument("--keep", action="store_true", help="keep the databases in which the tests ran")


def call(args):
    names, files, folders = _sort(args.what)
    stages = args.stage or (STAGES if not args.what else ("plain", "alone"))
    setup.ensure("test")
    began = Report()
    if not args.what:
        work = _everything(args, stages)
    else:
        work = _some(args, stages, names, files, folders)
    if not work:
        raise Problem("No test matches.", "./mill test --help shows how tests are chosen.")
    say(f"{len(work)} jobs, {args.jobs} at a time: {', '.join(stages)}")
    jobs.run(work, began, args.jobs)
    return began.close()


def _everything(args, stages):
    """The longest jobs come first, so that two workers end at about the same time; all templates are shared."""
    names = addons.ours()
    found = {
        "plain": lambda: plain.jobs(None, args.expression),
        "alone": lambda: alone.jobs(names, (), args.expression, keep=args.keep, brief=not (args.stage or args.expression)),
        "together": lambda: together.jobs(args.expression, args.keep),
        "upgrade": lambda: [] if args.expression else upgraded.jobs(args.keep),
        "uninstall": lambda: [] if args.expression else uninstall.whole(args.keep),
    }
    work = [(*job, stage) for stage in STAGES if stage in stages for job in found[stage]()]
    # The first template is made beside the plain tests; the second can then stand on it.
    first = next((job for job in work if job[-1] == "alone"), None)
    return [first, *(job for job in work if job is not first)] if first else work


def _some(args, stages, names, files, folders):
    work = []
    if "plain" in stages:
        work += plain.jobs(names, args.expression) if names else []
        for target in (folder for folder in folders if not folder.is_relative_to(paths.TESTS / "deploy")):
            work.append(
                (
                    paths.shown(target),
                    lambda target=target: plain.pytest(paths.shown(target), [target], args.expression, "-p", "no:odoo"),
                )
            )
    inside = files.pop("", [])
    if beside := [file for file in inside if file.is_relative_to(paths.TESTS / "extending")]:
        inside = [file for file in inside if file not in beside]
        work.append(("addon of somebody else", lambda: foreign.job(args.keep)))
    across = [file for file in inside if not file.is_relative_to(paths.TESTS / "demo")]
    demo = [file for file in inside if file not in across]
    if across:
        work.append(("across addons", lambda: together.across(across, args.expression, args.keep)))
    if demo:
        work.append(("demo mill", lambda: together.demo(demo, args.expression, args.keep)))
    if deploy := [target for target in folders if target.is_relative_to(paths.TESTS / "deploy")]:
        work.append(("deployment", lambda: deployment.job(args.keep, deploy)))
    if "alone" in stages:
        work += alone.jobs(names, (), args.expression, browser=True, keep=args.keep)
        for name, chosen in files.items():
            if name:
                wanted = [collect.within(name, file) for file in chosen]
                work += alone.jobs([name], wanted, args.expression, browser=True, keep=args.keep)
    if "together" in stages:
        work += together.jobs(args.expression, args.keep)
    if "uninstall" in stages:
        work += uninstall.jobs(names, args.keep)
    return work


def _sort(what):
    """Tell addons, files of tests inside Odoo, and folders or files of plain tests apart."""
    names, files, plain_targets = [], {}, []
    for item in what:
        path = paths.given(item)
        if item in addons.ours():
            names.append(item)
        elif not path.exists():
            addons.check([item])
        elif path.parent == paths.ADDONS:
            addons.check([path.name])
            names.append(path.name)
        elif path.is_relative_to(paths.ADDONS) and path.name == "tests":
            names.append(path.parent.name)
        elif path.is_relative_to(paths.ADDONS) and path.relative_to(paths.ADDONS).parts[1] == "tests":
            inside = path.rglob("test_*.py") if path.is_dir() else [path]  # a room of tests, or one file
            files.setdefault(path.relative_to(paths.ADDONS).parts[0], []).extend(inside)
        elif path.is_relative_to(paths.ADDONS) or any(path.is_relative_to(paths.TESTS / name) for name in ("guards", "deploy")):
            plain_targets.append(path)
        elif path.is_relative_to(paths.TESTS):
            files.setdefault("", []).extend(path.rglob("test_*.py") if path.is_dir() else [path])
        else:
            raise Problem(f"{item} is neither an addon nor a test.", f"There are: {', '.join(addons.ours())}, tests/...")
    return names, files, plain_targets
