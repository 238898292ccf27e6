from odoo import models

from ...exceptions import CapabilityError
from ...lib.scheduling import Choice


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    def _paper_company(self):
        return self.company_id or self.env.company

    def _paper_rate(self, spec, full_web=False):
        """Return the rate at which the machine makes a specification; None where the times of the routing hold.

        :param full_web: the whole web is wanted, no width of it
        :raises CapabilityError: where a speed is known that says nothing for lack of a weight or width
        """
        self.ensure_one()
        capability = self.paper_capability_id
        return capability._rate(spec, self._paper_company(), full_web) if capability and spec else None

    def _paper_refusals(self, spec):
        """Return what of a specification this machine is known not to make, see ``paper.machine.capability``."""
        self.ensure_one()
        capability = self.paper_capability_id
        return capability._refusals(spec) if capability and spec else []

    def _paper_can_make(self, spec):
        """Return those of the machines of which nobody knows that they cannot make a specification."""
        return self.filtered(lambda centre: not centre._paper_refusals(spec))

    def _paper_check_can_make(self, spec, work):
        """Refuse a machine that cannot make what is to be made.

        :param work: what is to be made, as people call it
        :raises CapabilityError: naming the work, the machine, what is asked and what it can
        """
        self.ensure_one()
        refused = self._paper_refusals(spec)
        if refused:
            raise CapabilityError(
                self.env._(
                    "%(work)s: %(machine)s cannot make %(asked)s. Choose a machine that can, or let the technical department "
                    "correct what the machines can make.",
                    work=work,
                    machine=self.display_name,
                    asked="; ".join(self._paper_refused_words(check) for check in refused),
                ),
                action=self.env["paper.way.out"]._lead_to(self.paper_capability_id),
            )

    def _paper_refused_words(self, check):
        if not check["achievable"]:
            return f"{check['required']} {check['unit']}".strip()
        return self.env._(
            "%(required)s %(unit)s (it makes %(achievable)s)",
            required=check["required"],
            unit=check["unit"],
            achievable=check["achievable"],
        )

    def _paper_choice(self, operation, product, unit, spec, kilograms):
        """Return what this machine needs for an operation, as the scheduler takes it: by its speed where that is known, else
        by mrp.routing.workcenter's arithmetic (a cycle for each batch begun, by the efficiency of the machine); set-up and
        clean-up once.

        :param unit: unit of the bill of materials, in which the scheduler counts
        :param spec: the specification that is made, or none
        :param kilograms: what one such unit weighs; 0 where nobody knows
        :raises CapabilityError: as :meth:`_paper_rate`
        """
        self.ensure_one()
        batch, start, stop = self._get_capacity(product, unit, operation.bom_id.product_qty or 1)
        setup = (start + stop) * 60
        able = not self._paper_refusals(spec)
        over = (self.paper_capability_id.jumbo_kg or 0.0) / kilograms if kilograms else 0.0
        full_web = operation._paper_is_full_web(product)
        rate = self._paper_rate(spec, full_web) if able and kilograms else None
        if rate:
            return Choice(self.id, setup, 1, rate.good / 3600 / kilograms, able, over)
        minutes = operation.time_cycle * 100.0 / (self.time_efficiency or 100.0)
        return Choice(self.id, setup, minutes * 60, batch or 1, able, over)
