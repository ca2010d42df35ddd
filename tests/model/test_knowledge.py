"""How far a claim counts: many independent reports of one failure are worth more than one."""

from dataclasses import replace

import pytest
from support.builders import CLAIMS, DAY, SOURCES

from advisor.model.knowledge import MANY_REPORTS, Basis, Reports, Status, can_stop, cap


@pytest.mark.parametrize(
    ("count", "status", "most"),
    [
        (MANY_REPORTS - 1, Status.HOLDS, 1),
        (MANY_REPORTS, Status.HOLDS, 2),
        (10 * MANY_REPORTS, Status.HOLDS, 2),
        (MANY_REPORTS, Status.CONTRADICTED, 0),
    ],
)
def test_many_reports_lift_the_cap_of_a_thread_and_stop_nothing(count, status, most):
    reports = Reports(count, DAY, DAY, ("1.0",))
    claims = CLAIMS | {"many": replace(CLAIMS["site-issue"], status=status, reports=reports)}
    assert cap(claims, SOURCES, "many", Basis.CHECKED) == most
    assert cap(claims, SOURCES, "many", Basis.DOCUMENTS) == 0
    assert not can_stop(claims, SOURCES, "many", Basis.CHECKED)
