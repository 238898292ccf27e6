"""One named error per rule of production (R5)."""

from odoo.addons.paper_base.exceptions import PaperError, ProduceBlockedError  # noqa: F401  the rule of the gate


class PlanStateError(PaperError):
    """A production plan was about to take a step that does not follow its state (R5.1.2)."""


class PlanApprovalError(PaperError):
    """A production plan was about to be moved by somebody who may not, or approved by its submitter (R5.1.2)."""


class PlanEmptyError(PaperError):
    """There is nothing to plan, or the plan holds nothing (R5.1.1)."""


class PlanLateError(PaperError):
    """A plan was about to be approved by which orders come later than promised, and nobody said why (R5.1.2)."""


class PlanLockedError(PaperError):
    """What the supervisor approved, or has before him, was about to be changed (R5.1.2)."""


class PlanQuantityError(PaperError):
    """More was about to be planned or made of an order than the customer takes, without the supervisor's reason (R5.1.2)."""


class PlanInputError(PaperError):
    """Orders were about to be put in sequence that cannot be: each is named with its reason (R5.1.1)."""


class PlanRuleError(PaperError):
    """A sequence was about to break a rule of planning, or rules cannot hold together (R5.1.1)."""


class PlanStaleError(PaperError):
    """A plan was about to be decided on whose version holds other orders than the plan (R5.1.2)."""


class PlanOvertakenError(PaperError):
    """A version was about to be changed, or put in force, that somebody else changed in the meantime (R5.1.2)."""


class PlanFrozenError(PaperError):
    """A campaign was about to be moved that has begun or begins within the freeze fence (R5.1.2)."""


class SheetConfirmedError(PaperError):
    """A sheet was about to be confirmed by another department, or twice (R5.1.2)."""


class UnconsumedError(PaperError):
    """Paper was about to be made of no material, without the supervisor's reason (R5.3.1)."""


class OperationOrderError(PaperError):
    """An operation was about to start before the one before it was finished (R5.3.1)."""


class FailedCheckError(PaperError):
    """An operation was about to start after an in-process inspection that failed (R5.3.2)."""


class OrdersMergedError(PaperError):
    """Manufacturing orders of different customers' orders or specifications were about to become one."""


class RecordLockedError(PaperError):
    """A production record of a finished order was about to be changed (R5.3.1)."""


class RecordFactsError(PaperError):
    """A production record was about to tell what cannot be: another person, a day to come, more than was made or used."""


class CustomerMaterialError(PaperError):
    """A customer's pulp was about to be received or given back by who does not, or where nothing is to come or left (R5.2.1)."""


class RecipeError(PaperError):
    """Base paper and cut were about to be derived from a recipe, or for a specification, that lacks what they need (R5.1.1)."""


class SpecMissingError(PaperError):
    """Paper without a specification was about to be planned: nobody would know what to make (R5.1.1)."""


class RollEntryError(PaperError):
    """Rolls were about to be entered that cannot be: of no weight, of no jumbo, or of an order that is not in work (R5.3.1)."""


class RunBalanceError(PaperError):
    """More or less paper came of a run or cut than of its material can be, without a reason (R5.3.1)."""


class OtherPaperError(PaperError):
    """A manufacturing order was about to make for an order's line what the line does not ask for."""


class PlanMaterialError(PaperError):
    """A plan was about to be approved whose materials are not there, and the supervisor did not say why (R5.2.1)."""


class MaterialMissingError(PaperError):
    """An order was about to be begun that was approved subject to materials which have not arrived (R5.2.1)."""


class MaterialPlanError(PaperError):
    """A material plan was about to be bought that lacks a supplier, a price or a reason (R5.2.1)."""


class MaterialPlanStateError(PaperError):
    """A material plan was about to take a step that does not follow, or to be changed after it was ordered (R5.2.1)."""


class MaterialPlanRightError(PaperError):
    """A material plan was about to be moved by who does not buy (R5.2.1)."""


class PurchaseUnitError(PaperError):
    """A material was about to be bought by a unit that does not convert to its own (R5.2.1)."""


class PurchasePriceError(PaperError):
    """A planned material was about to be bought at no price (R5.2.1)."""


class PurchaseApprovalError(PaperError):
    """A purchase was about to be confirmed by who may not for its amount (R5.2.1)."""


class SetupOpenError(PaperError):
    """A campaign was about to start whose machine is not set up for it (R5.2.2)."""


class SetupStateError(PaperError):
    """A set-up was about to be changed after it was done, or past its steps (R5.2.2)."""


class SetupRightError(PaperError):
    """A set-up was about to be done or waived by who may not (R5.2.2)."""


class ContingencyError(PaperError):
    """A contingency plan was about to be reviewed that does not help, or changed after its review (R5.2.2)."""


class ContingencyRightError(PaperError):
    """A contingency plan was about to be reviewed by who may not, or wrote it (R5.2.2)."""


class BreakdownError(PaperError):
    """A breakdown was about to be reported without what happened, how long it lasts, or what is to be repaired (R5.2.2)."""


class SkillMissingError(PaperError):
    """Work was about to be begun by who lacks the valid skill that it asks for (R5.2.3)."""


class TrainingError(PaperError):
    """A training was about to be closed without results, or changed after it was held (R5.2.3)."""


class TrainingRightError(PaperError):
    """A training was about to be held by who may not (R5.2.3)."""


class CrewPlanError(PaperError):
    """A crew plan was about to be made of nobody, by a pattern that nobody can work, or changed once confirmed (R5.2.3)."""


class CrewPlanRightError(PaperError):
    """A crew plan was about to be moved by who does not plan (R5.2.3)."""


class CrewAssignmentError(PaperError):
    """Somebody was about to be assigned who is on leave, has no rest, or lacks the skill (R5.2.3)."""
