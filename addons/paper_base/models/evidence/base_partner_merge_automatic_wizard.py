import psycopg2
from odoo import api, models
from odoo.tools import mute_logger

from ...exceptions import MergeError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two records of one customer become one, by hand or by the search for doubles. What names the one that goes and is
    settled is not rewritten: then the other one goes, and where both are named, none.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _paper_settled(self, partners):
        """Return ``{partner: records}`` of what is settled and names these contacts for good. Override to add."""
        return {}

    def _get_ordered_partner(self, partner_ids):
        ordered = super()._get_ordered_partner(partner_ids)
        settled = self._paper_settled(ordered)
        # The last one stays.
        return ordered.filtered(lambda partner: partner not in settled) + ordered.filtered(lambda partner: partner in settled)

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if len(partners) > 1:
            stays = dst_partner if dst_partner and dst_partner in partners else self._get_ordered_partner(partners.ids)[-1]
            self._check_settled(partners - stays, stays)
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        except psycopg2.IntegrityError as refused:
            raise MergeError(
                self.env._(
                    "%(names)s cannot be merged: %(table)s names one of them for good. Merge the other way round, "
                    "or archive one.",
                    names=self._paper_names(partners),
                    table=self._paper_table_name(refused.diag.table_name),
                )
            ) from refused

    def _check_settled(self, going, stays):
        """Refuse to let contacts go that something settled names.

        :raises MergeError: naming what is settled, and the way
        """
        # sudo: what is settled counts whoever merges
        settled = self.sudo()._paper_settled(going | stays)
        named = [partner for partner in going if partner in settled]
        if not named:
            return
        records = settled[named[0]]
        names = ", ".join(records[:5].mapped("display_name"))
        kind = self.env["ir.model"]._get(records._name).name
        if stays in settled or len(named) > 1:
            message = self.env._(
                "%(kind)s %(records)s names “%(going)s” for good, and the other one is named by others: they stay apart. "
                "Archive the one that is no longer used.",
                kind=kind,
                records=names,
                going=named[0].display_name,
            )
        else:
            message = self.env._(
                "%(kind)s %(records)s names “%(going)s” for good. Merge the other way round, so that “%(going)s” stays, "
                "or archive “%(stays)s”.",
                kind=kind,
                records=names,
                going=named[0].display_name,
                stays=stays.display_name,
            )
        raise MergeError(message, records._get_records_action(name=kind), self.env._("Show Them"))

    def _paper_names(self, partners):
        return ", ".join(f"“{name}”" for name in partners.exists().mapped("display_name"))

    def _paper_table_name(self, table):
        """Return what the records of a table are called."""
        model = next((model._name for model in self.env.registry.values() if model._table == table and not model._abstract), None)
        return self.env["ir.model"]._get(model).name if model else table
