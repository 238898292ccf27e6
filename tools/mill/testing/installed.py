"""Tests that run inside Odoo: on a database of their own, by Odoo's own runner, with the log read afterwards."""

from .. import databases, odoo, paths, templates
from ..console import Problem
from . import collect, gate
from .report import Result


def tags(selected):
    """Return the value of --test-tags for some methods: by addon where all of its methods are meant, else one by
    one."""
    parts = []
    for addon in sorted({m.addon for m in selected}):
        chosen = [m for m in selected if m.addon == addon]
        left_out = [m for m in collect.methods(addon) if m.standard and m not in chosen]
        if len(chosen) > len(left_out):
            parts += [f"/{addon}", *(f"-{m.tag}" for m in left_out)]
        else:
            parts += [m.tag for m in chosen]
    return ",".join(parts)


def run(title, template, target, selected, *, install=(), keep=False):
    """Run test methods on a copy of a template, installing addons into it first if wanted.

    Warnings and errors of anybody count as problems: the template was made before, so all that is logged here is of
    our doing.
    """
    result = Result(title, log=paths.LOGS / f"{target}.log")
    selected = [m for m in selected if m.standard]
    templates.clone_of(template, target)
    port = odoo.free_port()
    addons_tested = sorted({m.addon for m in selected})
    args = [
        "-d",
        target,
        "--stop-after-init",
        "--http-port",
        port,
        "--log-level=warn",
        "--log-handler=odoo.tests.result:INFO",
        *(f"--log-handler=odoo.addons.{name}.tests:INFO" for name in addons_tested),
        f"--screenshots={paths.LOCAL / 'screenshots'}",
    ]
    if install:
        args += ["-i", ",".join(install)]
    if selected:
        args.append(f"--test-tags={tags(selected)}")
    code = odoo.call("test", args, result.log)
    judge(result, gate.read(result.log), selected, code)
    if not keep:
        databases.drop("test", target)
    return result


def judge(result, log, selected, code):
    """Compare what ran with what was meant to run, and count."""
    wanted = {m.id for m in selected}
    result.browsers = log.browsers
    result.failed.update(log.failed)
    result.skipped.update({test: reason for test, reason in log.skipped.items() if test not in log.failed})
    result.passed = len(log.started - set(log.failed) - set(log.skipped))
    result.problems += log.complaints
    broken = any("setUp" in lines[0] for lines in log.failed.values())
    lost = wanted - log.started - set(log.skipped)
    if lost and not broken:
        result.problems.append(
            [
                "not run although it should have been (imported by tests/__init__.py? tagged post_install?):",
                *sorted(lost),
            ]
        )
    browser_runs = sum(1 for m in selected if m.browser and m.id in log.started)
    if log.browsers < browser_runs and not log.failed:
        result.problems.append(
            f"{browser_runs} browser tests, but only {log.browsers} browsers were started: tours have vanished unseen"
        )
    vanished = [f"{test}: {reason}" for test, reason in log.skipped.items() if "hrome" in reason or "websocket" in reason]
    if vanished:
        result.problems.append(["browser tests skipped for want of a browser:", *vanished])
    if code and not result.failed and not result.problems:
        result.problems.append([f"Odoo ended with {code}:", *odoo.errors(result.log)])
    if selected and not log.started and not result.problems:
        raise Problem(f"{result.title}: no test ran.", f"Log: {paths.shown(result.log)}")
