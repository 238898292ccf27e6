from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The trim partners among the notes of technology (R3.3.4)."""

    _inherit = "paper.evaluation.opinion"

    def _technical_notes(self, row):
        notes = super()._technical_notes(row)
        trim = row.get("trim")
        if not trim:
            return notes
        shared = {"spec": row["spec"], "trim": f"{trim['trim']:.10g}"}
        if not trim["alone"]:
            return [*notes, self.env._("%(spec)s: wider than the trim of %(trim)s mm", **shared)]
        alone, best = trim["alone"], trim["best"]
        shared |= {"ups": alone["ups"], "left": f"{alone['left']:.10g}", "share": f"{100 * alone['left'] / trim['trim']:.1f}"}
        if not best["partners"]:
            return [
                *notes,
                self.env._(
                    "%(spec)s: %(ups)s times beside itself leaves %(left)s mm of the trim of %(trim)s mm "
                    "(%(share)s %%); no other order "
                    "that waits to be cut fills it better",
                    **shared,
                ),
            ]
        partners = " + ".join(f"{width:.10g} mm ({names})" for width, names in best["partners"])
        return [
            *notes,
            self.env._(
                "%(spec)s: alone, %(left)s mm of the trim of %(trim)s mm stay over (%(share)s %%); "
                "%(best_ups)s times beside %(partners)s "
                "leaves %(best_left)s mm",
                best_ups=best["ups"],
                partners=partners,
                best_left=f"{best['left']:.10g}",
                **shared,
            ),
        ]
