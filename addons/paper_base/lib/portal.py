# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a customer finds on the page of an order: its documents, and what can be done now.

>>> PortalDocument("contract", "Contract HT-1", "/my/contracts/1/pdf").note
''
>>> PortalAction("sign", "Sign the Contract", "/my/contracts/1", "fa-pencil", primary=True).primary
True
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PortalDocument:
    """A document of an order that its reader may open.

    :param code: stable name of the kind
    :param name: what it is, in the reader's language
    :param url: path that opens it
    :param note: what else is said of it, such as its date or its state
    :param icon: icon of Font Awesome
    """

    code: str
    name: str
    url: str
    note: str = ""
    icon: str = "fa-file-pdf-o"


@dataclass(frozen=True)
class PortalAction:
    """Something that the reader of an order's page can do now.

    :param code: stable name
    :param name: text of the button, in the reader's language
    :param url: path of the page on which it is done
    :param icon: icon of Font Awesome
    :param primary: whether the mill waits for it
    """

    code: str
    name: str
    url: str
    icon: str
    primary: bool = False
