"""A step that asks for a reason, and what its dialog says."""

from dataclasses import dataclass

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class ReasonStep:
    """What the dialog says that asks for the reason of a step; texts are lazy translations of the addon's own.

    :param title: what is done, as the title of the dialog
    :param hint: what to write, in the empty field
    :param label: what is asked for, the reason unless something else
    :param keyword: parameter of the method that takes it
    :param arguments: names of the further parameters, which whoever opens the dialog gives
    :param of: field that leads from the records to the documents that are shown instead of them
    :param about: name of a method of the records that takes these arguments and returns what the step is about, as text
    """

    title: str
    hint: str = ""
    label: str = _lt("Reason")
    keyword: str = "reason"
    arguments: tuple = ()
    of: str = ""
    about: str = ""
