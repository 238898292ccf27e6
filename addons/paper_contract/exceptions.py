"""One named error per rule of the contract, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError


class ContractError(PaperError):
    """Any rule about contracts that was refused."""


class ContractRoleError(ContractError):
    """The person is not of the department that takes this step."""


class ContractStateError(ContractError):
    """The contract is not in the state that this step starts from."""


class ContractFieldError(ContractError):
    """A clause names a field that contracts do not have."""


class ContractIncompleteError(ContractError):
    """The draft lacks what articles 470 and 596 of the Civil Code ask for (R4.1.1)."""


class ContractBlankError(ContractError):
    """A contract whose text leaves something open was about to be submitted, accepted, sent or signed (R4.1.1)."""


class OpenWarningError(ContractError):
    """A contract with a warning that nobody has answered or taken note of was about to be accepted (R4.1.2)."""


class OpenOpinionError(ContractError):
    """A contract with an opinion of legal that nobody has answered was about to go on (R4.1.2)."""


class DrafterReviewError(ContractError):
    """Who drafted a contract was about to decide on its legal review (R4.1.2)."""


class ContractOutdatedError(ContractError):
    """The order says something else than the contract that is about to be sent or signed (R4.2.1)."""


class ContractImmutableError(ContractError):
    """Something that only the steps of a contract set, or that is settled, was about to be changed (R4.1.3)."""


class ContractInForceError(ContractError):
    """An order was about to leave what its contract in force says (R4.1.3)."""


class ContractSignedError(ContractError):
    """An order was about to change although one side has signed its contract already."""


class CallOffError(ContractError):
    """An order was about to be called off from a framework contract that is not its own, or a framework to fall below its
    call-offs (R4.1.1).
    """


class ChangeTooLateError(ContractError):
    """A supplement was about to be made after the last date for changes (R4.1.3)."""


class SignatureTokenError(ContractError):
    """The link to sign is wrong, used, expired, or belongs to another version of the contract."""


class SecondPersonError(ContractError):
    """Who recorded a sealed paper was about to confirm it himself (R4.1.3)."""


class SignatureDataError(ContractError):
    """A signature lacks its name or its image."""


class ScanReusedError(SignatureDataError):
    """The scan of another contract's sealed paper was about to be recorded (R4.1.3)."""
