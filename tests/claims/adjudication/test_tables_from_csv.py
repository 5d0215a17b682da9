"""The project's tables read for some ZIP codes alone: the same rows under the same names."""

from __future__ import annotations

import datetime as dt

from claims.scenarios.tables_from_csv import policy_tables_from_csv

DAY = dt.date(2026, 1, 5)


def test_localities_of_some_zip_codes_are_those_of_the_whole_file() -> None:
    wanted = frozenset({"21201", "00501", "99999"})
    whole, some = policy_tables_from_csv().localities, policy_tables_from_csv(zips=wanted).localities
    assert {zip5: whole.of(zip5) for zip5 in wanted} == {zip5: some.of(zip5) for zip5 in wanted}
    assert set(some.keys()) == wanted & set(whole.keys()) >= {"21201"}
    assert some.on("21201", DAY) is not None
