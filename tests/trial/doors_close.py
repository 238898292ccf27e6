"""Evaluations, credit, complaints and visits closed by somebody else than who closes them, or without what it takes."""

from doors_try import Path, calls, forge

# A serious complaint that was closed with an answer that says nothing.
SILENT = """select count(*) from helpdesk_ticket t join helpdesk_ticket_stage s on s.id = t.stage_id
    where t.id = {id} and (not t.active or (s.closed
    and regexp_replace(coalesce(t.solution, ''), '[[:space:][:punct:]\u200b\u200c\u200d\u2060\ufeff]', '', 'g') = ''))"""


def finder(model, condition, columns="id as id"):
    """Return the function that finds the first record of a model that meets the condition."""

    def find(mill, company):
        table = model.replace(".", "_")
        found = mill.row(f"select {columns} from {table} where company_id = {mill.company(company)} and {condition} order by id")
        return found and {name: int(value or 0) for name, value in found.items()}

    return find


EVALUATION = finder("paper.evaluation", "state = 'open'", "id as id, order_id as ordered")
OPINION = finder(
    "paper.evaluation.opinion",
    "state = 'pending'",
    "id as id, evaluation_id as evaluation",
)
REVIEW = finder("paper.credit.review", "state in ('draft', 'approved')", "id as id, partner_id as partner")
TICKET = finder(
    "helpdesk.ticket",
    "severity = 'serious'",
    "id as id, (select id from helpdesk_ticket_stage where closed order by id limit 1) as closed",
)
VISIT = finder("paper.quality.visit", "state = 'planned'", "id as id, partner_id as partner")
CONTRACT_REVIEW = finder("paper.contract.review", "state not in ('accepted', 'returned')")


def opinion(mill, company):
    """Return an opinion that nobody gave yet."""
    found = mill.row(
        "select o.id as id, e.id as evaluation from paper_evaluation_opinion o join paper_evaluation e "
        f"on e.id = o.evaluation_id where o.state = 'pending' and e.company_id = {mill.company(company)} order by o.id"
    )
    return found and {name: int(value) for name, value in found.items()}


def paths():
    """Yield the paths of this stage."""
    yield from _evaluations()
    yield from _credit()
    yield from _complaints()
    yield from _visits()


def _evaluations():
    given = lambda s: {"order_id": s["ordered"]}  # noqa: E731 - one value of several that read alike
    for state in ("passed", "conditional", "failed"):
        yield from forge("close", f"evaluation {state}", "paper.evaluation", EVALUATION, {"state": state}, given)
    state = "select state, closed_on from paper_evaluation where id = {id}"
    yield from calls("close", "paper.evaluation", EVALUATION, {"action_close": None}, state, ("management",))
    given = lambda s: {"evaluation_id": s["evaluation"]}  # noqa: E731
    for name, values in {
        "given": {"state": "given"},
        "given by": {"given_on": "2026-01-01 08:00:00"},
    }.items():
        yield from forge("close", f"opinion {name}", "paper.evaluation.opinion", opinion, values, given)


def _credit():
    given = lambda s: {"partner_id": s["partner"]}  # noqa: E731
    for name, values in {
        "approved": {"state": "approved", "decided_by_id": 2, "decided_on": "2026-01-01 08:00:00"},
        "limit": {"limit": 9_000_000_000},
        "validity": {"valid_until": "2030-01-01"},
        "share": {"prepayment_percent": 3},
        "asked by": {"requested_by_id": 2},
    }.items():
        allowed = ("credit",) if name in ("limit", "validity", "share") else ()
        yield from forge("close", f"credit, {name}", "paper.credit.review", REVIEW, values, given, allowed)
    yield Path(
        "credit decided and deleted",
        "close",
        finder("paper.credit.review", "state in ('approved', 'refused')", "id as id"),
        lambda p, s: p.call("paper.credit.review", "unlink", [s["id"]]),
        "select count(*) from paper_credit_review where id = {id}",
    )
    state = "select state, decided_by_id from paper_credit_review where id = {id}"
    yield from calls("close", "paper.credit.review", REVIEW, {"action_approve": None, "action_refuse": None}, state, ("credit",))


def _complaints():
    def close(solution, **values):
        return lambda p, s: p.write("helpdesk.ticket", s["id"], {"stage_id": s["closed"], "solution": solution, **values})

    for name, call in {
        "without a solution": lambda p, s: p.write("helpdesk.ticket", s["id"], {"stage_id": s["closed"]}),
        "solution empty": close(False),
        "solution blank": close("   "),
        "solution a dot": close("."),
        "solution invisible": close("\u200b"),
        "solution invisible joiners": close("\u2060\ufeff"),
        "downgraded at once": close(".", severity="general"),
        "downgraded, then closed": lambda p, s: [
            p.write("helpdesk.ticket", s["id"], {"severity": "general"}),
            p.write("helpdesk.ticket", s["id"], {"stage_id": s["closed"], "solution": False}),
        ],
        "archived": lambda p, s: p.call("helpdesk.ticket", "action_archive", [s["id"]]),
        "inactive": lambda p, s: p.write("helpdesk.ticket", s["id"], {"active": False}),
        "closed by its page": lambda p, s: p.get(f"/ticket/close?ticket_id={s['id']}&stage_id={s['closed']}"),
        "imported": lambda p, s: p.call(
            "helpdesk.ticket", "load", [".id", "stage_id/.id"], [[str(s["id"]), str(s["closed"])]], context={}
        ),
        "stage made open": lambda p, s: p.call(
            "helpdesk.ticket", "web_save", [s["id"]], {"stage_id": s["closed"], "solution": "\u200b."}, specification={}
        ),
    }.items():
        yield Path(f"serious complaint closed, {name}", "close", TICKET, call, SILENT)
    yield Path(
        "serious complaint, deleted",
        "close",
        TICKET,
        lambda p, s: p.call("helpdesk.ticket", "unlink", [s["id"]]),
        "select count(*) from helpdesk_ticket where id = {id}",
    )
    values = {"escalated_on": "2020-01-01 08:00:00"}
    yield from forge("close", "serious complaint, reported", "helpdesk.ticket", TICKET, values, create=False)
    yield Path(
        "serious complaint, report taken back",
        "close",
        TICKET,
        lambda p, s: p.write("helpdesk.ticket", s["id"], {"escalated_on": False}),
        "select escalated_on from helpdesk_ticket where id = {id}",
    )


def _visits():
    given = lambda s: {"partner_id": s["partner"]}  # noqa: E731
    yield from forge("close", "visit made", "paper.quality.visit", VISIT, {"state": "done"}, given)
    yield from calls(
        "close", "paper.quality.visit", VISIT, {"action_done": None}, "select state from paper_quality_visit where id = {id}"
    )
    yield Path(
        "visit deleted",
        "close",
        VISIT,
        lambda p, s: p.call("paper.quality.visit", "unlink", [s["id"]]),
        "select count(*) from paper_quality_visit where id = {id}",
    )
