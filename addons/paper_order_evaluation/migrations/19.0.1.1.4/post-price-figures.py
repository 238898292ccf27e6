from odoo.addons.paper_order_evaluation.models.figures.paper_evaluation import PRICE_FIGURES


def migrate(cr, version):
    """Put what an order brings in apart from the figures of sales that every department reads."""
    cr.execute(
        """UPDATE paper_evaluation_opinion
              SET cost_evidence = COALESCE(cost_evidence, '{}'::jsonb)
                      || (SELECT jsonb_object_agg(key, value) FROM jsonb_each(evidence) WHERE key = ANY(%(names)s)),
                  evidence = evidence - %(names)s
            WHERE dimension = 'sales' AND jsonb_typeof(evidence) = 'object' AND evidence ?| %(names)s""",
        {"names": sorted(PRICE_FIGURES)},
    )
