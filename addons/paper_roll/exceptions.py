"""One named error per rule of rolls, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError


class RollFigureError(PaperError):
    """A figure of a roll cannot be: below zero, or a tare that exceeds the gross weight."""


class RollTooHeavyError(RollFigureError):
    """A roll was about to weigh more than its basis weight, width and length allow."""


class RollNumberError(PaperError):
    """A roll was about to get a number that another roll of the company has."""


class RollParentError(PaperError):
    """A roll was about to become its own parent, directly or over others, or a link says nothing that can be."""


class RollWidthError(RollParentError):
    """What was cut from a roll was about to be wider than the roll."""


class MassBalanceError(PaperError):
    """What became of rolls weighs more than they did, or less without a word of why."""


class DispositionError(PaperError):
    """A disposition was about to be changed against its order, or otherwise than by its steps."""


class DispositionRightError(DispositionError, AccessError):
    """A disposition was about to be changed by a department to which this does not belong."""


class RollNotForSaleError(PaperError):
    """A roll that is not released for sale was about to be kept for a customer, to go to one, or to be used up."""


class LabelDataError(PaperError):
    """A label cannot be printed: a figure or number is missing that its standard asks for."""


class RollPlaceError(PaperError):
    """Rolls were about to be converted together that do not lie together, or of which only some are in stock."""


class RollKeptError(PaperError):
    """A roll was about to be converted that is picked for a delivery or an order already."""


class RollUnitError(PaperError):
    """A roll was about to be converted whose article is counted in a unit that is no weight."""


class RollLineError(PaperError):
    """What was entered of the rolls of a conversion cannot be, each line named with what is wrong."""


class ConversionError(MassBalanceError):
    """A conversion was about to be reversed of which something went on already, or that is reversed."""


class ConversionRightError(ConversionError, AccessError):
    """A conversion was about to be reversed by a department to which this does not belong."""
