# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The buttons of an order that take it on: which one leads, so that it alone is the primary one.

>>> leads = [Lead("action_confirm", "can_confirm", "confirmed", "confirm"), Lead("action_ask", "can_ask", "complete")]
>>> stages = ["complete", "evaluated", "confirmed", "dispatched"]
>>> leading_button(leads, stages, "confirmed", possible={"can_confirm"}, blocked=set())
'action_confirm'
>>> leading_button(leads, stages, "confirmed", possible={"can_confirm"}, blocked={"confirm"})
>>> leading_button(leads, stages, "evaluated", possible={"can_confirm"}, blocked=set())
>>> leading_button(leads, stages, "complete", possible={"can_ask", "can_confirm"}, blocked=set())
'action_ask'
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lead:
    """A button of the order form that takes the order on.

    :param button: name of the method behind it
    :param can: boolean field of the order that says whether this person may press it
    :param stage: stage of the order that it ends, see ``sale.order._paper_stages``; "" leads whatever the stage
    :param step: step whose blockers stand in its way, see ``sale.order._paper_steps``; "" nothing does
    """

    button: str
    can: str
    stage: str = ""
    step: str = ""


def leading_button(leads, stages, stage, possible, blocked):
    """Return the button that takes the order on now, None where nobody who looks at it has one.

    Nothing leads ahead of the stage that the order is in: what might be prepared already waits as a secondary button.

    :param leads: :class:`Lead` of each button
    :param stages: codes of the stages, in their order
    :param stage: that of the order; none is known of an order that is not stored yet
    :param possible: names of the ``can`` fields that are true
    :param blocked: steps that something stands in the way of
    """
    place = {code: number for number, code in enumerate(stages)}
    here = place.get(stage, len(stages))
    due = [lead for lead in leads if not lead.stage or place.get(lead.stage, 0) <= here]
    due.sort(key=lambda lead: place.get(lead.stage, len(stages)))
    return next((lead.button for lead in due if lead.can in possible and lead.step not in blocked), None)
