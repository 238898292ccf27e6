"""Contracts and deliveries signed by somebody else than who signs them."""

from doors_leave import left
from doors_try import Passed, Path, calls, forge

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SIGNED = """select state, customer_signed_by, customer_signed_on, company_signed_by, company_signed_on, in_force_on, ended_on,
    (select count(*) from paper_contract_signature where contract_id = {id}),
    (select count(*) from paper_contract_document where contract_id = {id}) from paper_contract where id = {id}"""


def contract_in(*states):
    """Return the function that finds a contract in one of the states."""

    def find(mill, company):
        listed = ", ".join(f"'{state}'" for state in states)
        found = mill.row(
            f"select id as id, order_id as ordered from paper_contract where state in ({listed}) "
            f"and company_id = {mill.company(company)} order by id"
        )
        return found and {name: int(value) for name, value in found.items()}

    return find


REVIEWED, SENT, IN_FORCE = contract_in("review"), contract_in("sent"), contract_in("in_force")


def paths():
    """Yield the paths of this stage."""
    yield from _contracts()
    yield from _by_link()
    yield from _proofs()


def _contracts():
    stamps = {
        "in force": {"state": "in_force"},
        "signed by the customer": {"customer_signed_by": "Forged", "customer_signed_on": "2026-01-01 08:00:00"},
        "signed by the company": {"company_signed_by": "Forged", "company_signed_user_id": 2},
        "sent": {"state": "sent", "version": 7},
    }
    for subject, where in ((REVIEWED, "in review"), (SENT, "sent"), (IN_FORCE, "in force")):
        for name, values in stamps.items():
            if (where, name) not in {("sent", "sent"), ("in force", "in force")}:
                yield from forge(
                    "sign", f"contract {where}, {name}", "paper.contract", subject, values, lambda s: {"order_id": s["ordered"]}
                )
        for name, values in {
            "language": {"language": "en_US"},
            "ended": {"state": "terminated", "ended_on": "2026-01-01 08:00:00", "ended_reason": "门"},
            "cancelled": {"state": "cancelled"},
            "number": {"name": "HT2020-00001"},
        }.items():
            yield from forge("sign", f"contract {where}, {name}", "paper.contract", subject, values, create=False)
        yield Path(
            f"contract {where}, deleted",
            "sign",
            subject,
            lambda p, s: p.call("paper.contract", "unlink", [s["id"]]),
            "select count(*) from paper_contract where id = {id}",
        )
    given = {"signer_name": "门", "signature": PICTURE}
    by_company = {"action_sign_company": given}
    yield from calls("sign", "paper.contract", SENT, by_company, SIGNED, ("management",))
    yield from calls("sign", "paper.contract", REVIEWED, by_company, SIGNED)
    yield from calls("sign", "paper.contract", IN_FORCE, by_company, SIGNED)
    yield from calls("sign", "paper.contract", REVIEWED, {"action_send": None, "action_accept_review": None}, SIGNED, ("legal",))
    sellers = ("sales", "online", "management")
    yield from calls("sign", "paper.contract", SENT, {"action_back_to_draft": None, "action_cancel": None}, SIGNED, sellers)
    yield from calls("sign", "paper.contract", IN_FORCE, {"action_back_to_draft": None, "action_cancel": None}, SIGNED)
    yield from calls("sign", "paper.contract", IN_FORCE, {"action_terminate": {"reason": ""}}, SIGNED)
    for method in ("action_record_performance", "action_record_paper_signature", "action_confirm_paper_signature"):
        yield from calls("sign", "paper.contract", SENT, {method: None}, SIGNED, (*sellers, "legal", "management"))
    yield Path(
        "a signature of its own",
        "sign",
        SENT,
        lambda p, s: p.create("paper.contract.signature", {"contract_id": s["id"], "side": "customer", "signer_name": "门"}),
        SIGNED,
    )
    yield Path(
        "an archived document of its own",
        "sign",
        SENT,
        lambda p, s: p.create("paper.contract.document", {"contract_id": s["id"], "kind": "signed"}),
        SIGNED,
    )


def _post(address, **values):
    return lambda p, s: p.post(address.format(**s), values)


def _read_link(person, s):
    """Look for the customer's link to sign wherever a colleague could read it."""
    for model, domain, field in (
        ("mail.message", [("model", "=", "paper.contract"), ("res_id", "=", s["id"])], "body"),
        ("mail.mail", [("model", "=", "paper.contract"), ("res_id", "=", s["id"])], "body_html"),
    ):
        for found in person.search(model, domain, [field]):
            if "sign_token=" in (found[field] or ""):
                raise Passed(f"{model},{found['id']} holds the link to sign")


def _by_link():
    for name, call in {
        "without a token": _post("/my/contracts/{id}/sign", name="门", signature=PICTURE),
        "with a guessed token": _post("/my/contracts/{id}/sign", name="门", signature=PICTURE, sign_token="x" * 43),
        "with the token of the order": _post("/my/contracts/{id}/sign", name="门", signature=PICTURE, access_token="x" * 36),
        "with a number as token": _post("/my/contracts/{id}/sign", name="门", signature=PICTURE, sign_token=1),
        "with a list as token": _post("/my/contracts/{id}/sign", name="门", signature=PICTURE, sign_token=["x"]),
        "with Chinese as token": _post("/my/contracts/{id}/sign", name="门", signature=PICTURE, sign_token="签" * 43),
        "the link read": _read_link,
    }.items():
        yield Path(f"by link, {name}", "sign", SENT, call, SIGNED)


def _proofs():
    proof = "select paper_signer, paper_proof_on, paper_accepted, paper_received_on from stock_picking where id = {id}"
    for name, values in {
        "signer": {"paper_signer": "Forged"},
        "moment": {"paper_proof_on": "2020-01-01 08:00:00", "paper_received_on": "2020-01-01"},
        "acceptance": {"paper_proof_by_id": 2, "paper_proof_remarks": "Forged"},
    }.items():
        given = {"picking_type_id": 2, "location_id": 5, "location_dest_id": 2}
        yield from forge("sign", f"proof of delivery, {name}", "stock.picking", left, values, given)
    # Signed for once: not even logistics signs a second time.
    yield from calls("sign", "stock.picking", left, {"action_record_proof": {"signer": "门", "signature": PICTURE}}, proof, ())
    for name, call in {
        "without a token": _post("/my/delivery/{id}/sign", signer="门", signature=PICTURE, accepted="1"),
        "page with a guessed token": lambda p, s: p.get(f"/my/delivery/{s['id']}?token=" + "x" * 43),
        "page with Chinese as token": lambda p, s: p.get(f"/my/delivery/{s['id']}?token=%E7%AD%BE"),
        "received weight": lambda p, s: p.call(
            "paper.delivery.receipt",
            "write",
            [found["id"] for found in p.search("paper.delivery.receipt", [("picking_id", "=", s["id"])], ["id"])],
            {"received_kg": 1},
        ),
    }.items():
        watched = proof.replace(
            " from stock_picking",
            ", (select sum(received_kg)::numeric(20,3) from paper_delivery_receipt where picking_id = {id}) from stock_picking",
        )
        yield Path(f"proof of delivery, {name}", "sign", left, call, watched)
