"""What may be done to a problem of the pool and to a promise, from which state: the one table.

Buttons, the services and the tests read it; no other code moves a problem or a promise.
*Explained*, *solved* and *refused* are three different outcomes, and none counts as another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from appeals.enums import IN_WORK, OUTCOMES, PoolStep
from appeals.enums import ProblemState as Problem
from appeals.enums import PromiseState as Promise


@dataclass(frozen=True, slots=True)
class PoolRule:
    """From which states and to which.

    ``by_commission``: whoever forms problems in the territory; ``by_body``: those who report for
    the organisation it is given to; neither: the verdict of a person who asked or supported.
    """

    sources: frozenset[str]
    target: str
    by_commission: bool = False
    by_body: bool = False


WORK, CLOSED, OPEN = frozenset(IN_WORK), frozenset(OUTCOMES), frozenset({Promise.OPEN})

PROBLEM_STEPS: Mapping[PoolStep, PoolRule] = {
    PoolStep.FORM: PoolRule(frozenset(), Problem.OPEN, by_commission=True),
    # Given again: to another organisation, or with another deadline.
    PoolStep.ASSIGN: PoolRule(WORK, Problem.ASSIGNED, by_commission=True),
    PoolStep.EXPLAIN: PoolRule(WORK, Problem.EXPLAINED, by_commission=True, by_body=True),
    PoolStep.SOLVE: PoolRule(WORK, Problem.SOLVED, by_commission=True, by_body=True),
    PoolStep.REFUSE: PoolRule(WORK, Problem.REFUSED, by_commission=True, by_body=True),
    # One that nobody was given goes back to the pool (Problem.OPEN).
    PoolStep.REOPEN: PoolRule(CLOSED, Problem.ASSIGNED),
}
PROMISE_STEPS: Mapping[PoolStep, PoolRule] = {
    PoolStep.FORM: PoolRule(frozenset(), Promise.OPEN, by_commission=True, by_body=True),
    PoolStep.EXPLAIN: PoolRule(OPEN, Promise.EXPLAINED, by_commission=True, by_body=True),
    PoolStep.SOLVE: PoolRule(OPEN, Promise.SOLVED, by_commission=True, by_body=True),
    PoolStep.REFUSE: PoolRule(OPEN, Promise.REFUSED, by_commission=True, by_body=True),
}
OUTCOME_STEPS = (PoolStep.SOLVE, PoolStep.EXPLAIN, PoolStep.REFUSE)
# A problem is opened again once; then what people say of it is counted and shown.
MOST_REOPENED = 1
