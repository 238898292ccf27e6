from odoo import api, models


class PaperWayOut(models.AbstractModel):
    """What a refusal leads to: the record on which the thing that is wrong can be put right.

    A refusal is met by people of any department, and each is offered what that person may open.
    """

    _name = "paper.way.out"
    _description = "Way Out of a Refusal"

    @api.model
    def _open(self, records, name=None, **action):
        """Return the action that opens ``records``: one in its form, several in a list.

        :param name: title; the name of the record, or of its model, if left out
        :param action: further keys of the action
        """
        title = name or (records.display_name if len(records) == 1 else records._description)
        found = {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": records._name,
            "target": "current",
            "context": {},
        }
        if len(records) == 1:
            found.update(res_id=records.id, view_mode="form", views=[(False, "form")])
        else:
            found.update(domain=[("id", "in", records.ids)], view_mode="list,form", views=[(False, "list"), (False, "form")])
        return {**found, **action}

    @api.model
    def _lead_to(self, records, name=None, **action):
        """Return the action that opens ``records``, see :meth:`_open`, or False where the user may not."""
        return self._offered(self._open(records, name, **action)) if records else False

    @api.model
    def _offered(self, action):
        """Return ``action`` if the user may open what it opens, else False.

        A customer is offered none: an action leads into the web client of the mill.
        """
        user = self.env.user
        if not action or not user._is_internal():
            return False
        model = action.get("res_model")
        if not model:
            return action
        # The rule was asked in sudo: what the person may open is another question.
        records = self.env[model].with_user(user).browse(action.get("res_id") or ())
        first = (action.get("views") or [(False, action.get("view_mode", "").split(",")[0])])[0][1]
        makes_one = records._transient or (first == "form" and not records)
        return action if records.has_access("create" if makes_one else "read") else False
