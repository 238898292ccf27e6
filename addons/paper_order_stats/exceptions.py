from odoo.addons.paper_base.exceptions import PaperError


class PeriodError(PaperError):
    """A period of the statistics was about to be closed before it is over, or twice (R8.1.1)."""


class PeriodRightError(PaperError):
    """Somebody else than management was about to open a closed period again (R8.1.1)."""


class SnapshotError(PaperError):
    """Figures that were reported once were about to be changed (R8.1.1)."""


class StatsExportError(PaperError):
    """Figures were about to be exported that nobody can read, or in no columns at all (R8.3.1)."""


class AnswerError(PaperError):
    """An answer of a customer was about to be noted without the day or the words that it needs (R8.2.1)."""
