"""Words and drawings made of values: the verdict, the line of the list, the clock, the answers to a file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from claims.adjudication.decision import Decision, Finding, LineDecision, Outcome, Price
from claims.models import Acknowledgement, Claim, ClaimStatus
from claims.models.payment import ClockStop
from claims.pages.answers import answer_shown
from claims.pages.claim.verdict import headline
from claims.pages.clock import AMBER, GREY, RED, payment_clock
from claims.pages.why import why_and_next
from claims.pages.wording import visit_span, with_days_bold
from claims.recycling import LookRule
from policy.tables import Dated, PolicyTables

TODAY = dt.date(2026, 3, 10)
ZERO = Decimal("0.00")


def decision(*lines: tuple[Outcome, str, str], status: Outcome = "hold") -> Decision:
    """A decision on lines of outcome, reason and amount paid."""
    made = tuple(_line(number, *line) for number, line in enumerate(lines, 1))
    return Decision("0226062031874", status, made, (), None, (), 1, "0")


def _line(number: int, outcome: Outcome, reason: str, paid: str) -> LineDecision:
    finding = Finding(reason, "deny", "…", next_eligible=dt.date(2026, 3, 16) if reason == "HIT-601" else None)
    amount = Decimal(paid)
    price = Price(amount, amount, ZERO, ZERO, amount, ZERO, amount, (), False) if outcome == "pay" else None
    findings = (finding,) if reason else ()
    return LineDecision(number, outcome, findings, (), "", "", (), reason, price, ())


PAYS = ("pay", "", "125.44")
EARLY = ("deny", "HIT-601", "0")
NO_DRUG = ("hold", "HIT-501", "0")
LATE = ("deny", "HIT-102", "0")
NO_PLAN = ("suspend", "HIT-401", "0")


@pytest.mark.parametrize(
    ("lines", "status", "words"),
    [
        ([PAYS], "pay", "The visit pays $125.44."),
        ([PAYS, PAYS], "pay", "Both visits pay $250.88."),
        ([PAYS] * 3, "pay", "All three visits pay $376.32."),
        ([LATE], "deny", "The visit is denied: filed too late."),
        ([LATE, LATE], "deny", "Both visits are denied: filed too late."),
        ([EARLY], "deny", "The visit cannot be an initial visit before March 16."),
        ([EARLY, EARLY], "deny", "Both visits cannot be initial visits before March 16."),
        ([NO_DRUG], "hold", "The visit waits for its drug bill."),
        ([NO_DRUG, NO_DRUG], "hold", "Both visits wait for their drug bills."),
        ([NO_PLAN], "suspend", "The visit waits for a person: no plan of care."),
        ([PAYS, LATE], "pay", "One visit pays $125.44 and one is denied: filed too late."),
        (
            [EARLY, PAYS, NO_DRUG],
            "hold",
            (
                "One visit will pay $125.44, one cannot be an initial visit before March 16, "
                "and one waits for its drug bill."
            ),
        ),
        ([PAYS, NO_DRUG, NO_DRUG], "hold", "One visit will pay $125.44 and two wait for their drug bills."),
    ],
)
def test_the_verdict_is_a_plain_sentence(lines: list[tuple[Outcome, str, str]], status: Outcome, words: str) -> None:
    assert headline(decision(*lines, status=status)) == words


def claim(status: ClaimStatus, **values: object) -> Claim:
    return Claim(**{"status": status, "received_on": dt.date(2026, 3, 3), "paid_amount": Decimal("125.44"), **values})


@pytest.mark.parametrize(
    ("row", "edits", "words", "shown"),
    [
        (claim(ClaimStatus.PAYABLE, payment_day=dt.date(2026, 3, 17)), (), "Pays 125.44 on Mar 17.", ()),
        (claim(ClaimStatus.PAYABLE, payment_day=TODAY), (), "Pays 125.44 today.", ()),
        (
            claim(ClaimStatus.PAID, payment_day=dt.date(2025, 12, 30)),
            ("HIT-601",),
            "Paid 125.44 on Dec 30, 2025. Denied in part: initial visit too early.",
            (),
        ),
        (
            claim(ClaimStatus.DENIED, payment_day=dt.date(2026, 3, 11)),
            ("HIT-102",),
            "Filed too late. Told on Mar 11.",
            ("HIT-102",),
        ),
        (claim(ClaimStatus.DENIED, payment_day=dt.date(2026, 3, 9)), ("HIT-102",), "Filed too late.", ("HIT-102",)),
        (
            claim(ClaimStatus.ON_HOLD, next_look=dt.date(2026, 3, 17), looks_done=1),
            ("HIT-501", "HIT-601"),
            "No drug bill. Next look Mar 17.",
            ("HIT-501", "HIT-601"),
        ),
        (
            claim(ClaimStatus.ON_HOLD, next_look=TODAY, looks_done=2),
            ("HIT-501",),
            "No drug bill. Last look today.",
            ("HIT-501",),
        ),
        (claim(ClaimStatus.SUSPENDED), ("HIT-401",), "No plan of care.", ("HIT-401",)),
        (
            claim(ClaimStatus.QUEUED, queue_reason="The claim came in"),
            (),
            "Waits to be decided: the claim came in.",
            (),
        ),
        (claim(ClaimStatus.REJECTED), (), "Refused by the gateway.", ()),
        (claim(ClaimStatus.VOIDED), (), "The claim was taken back.", ()),
    ],
)
def test_a_row_says_why_and_what_comes_next(
    row: Claim, edits: tuple[str, ...], words: str, shown: tuple[str, ...]
) -> None:
    why = why_and_next(row, edits, TODAY, LookRule(5, 3))
    assert (why.words, why.edits) == (words, shown)


NO_TABLES = PolicyTables(1, *[Dated(()) for _ in range(12)])


@pytest.mark.parametrize(
    ("age", "fill", "words"),
    [
        (0, GREY, "day 0"),
        (24, GREY, "day 24"),
        (25, AMBER, "day 25, 5 left"),
        (30, AMBER, "day 30, 0 left"),
        (31, RED, "day 31, interest since day 31"),
        (60, RED, "day 60, interest since day 31"),
    ],
)
def test_the_clock_turns_amber_from_day_25_and_red_after_day_30(age: int, fill: str, words: str) -> None:
    row = claim(ClaimStatus.SUSPENDED, received_on=TODAY - dt.timedelta(days=age))
    clock = payment_clock(row, [], TODAY, NO_TABLES)
    assert (clock.fill, clock.words) == (fill, words)
    assert clock.width == min(age, 30) * 2
    assert clock.beyond == max(min(age, 38) - 30, 0) * 2


def test_days_on_which_the_clock_stood_do_not_count() -> None:
    row = claim(ClaimStatus.SUSPENDED, received_on=dt.date(2026, 2, 1))
    stops = [
        ClockStop(stopped_on=dt.date(2026, 2, 5), resumed_on=dt.date(2026, 2, 15)),
        ClockStop(stopped_on=dt.date(2026, 3, 1)),
    ]
    clock = payment_clock(row, stops, TODAY, NO_TABLES)
    assert (clock.day, clock.is_stopped, clock.words) == (18, True, "day 18, the clock is stopped")


def test_the_clock_ends_with_the_payment() -> None:
    row = claim(ClaimStatus.PAID, received_on=dt.date(2026, 1, 1), payment_day=dt.date(2026, 1, 15))
    clock = payment_clock(row, [], TODAY, NO_TABLES)
    assert (clock.day, clock.has_ended, clock.is_late, clock.fill) == (14, True, False, GREY)


def test_the_floor_of_a_paper_claim_is_later() -> None:
    row = claim(ClaimStatus.QUEUED, channel=Claim.Channel.PAPER)
    assert payment_clock(row, [], TODAY, NO_TABLES).floor_day == 29


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 1, 26), (2026, 1, 26), "Jan 26"),
        ((2026, 2, 2), (2026, 2, 6), "Feb 2 – 6"),
        ((2026, 1, 27), (2026, 2, 3), "Jan 27 – Feb 3"),
    ],
)
def test_spans_of_visits_are_short(first: tuple[int, int, int], last: tuple[int, int, int], words: str) -> None:
    assert visit_span(dt.date(*first), dt.date(*last)) == words


def test_bold_days_let_no_tag_through() -> None:
    assert with_days_bold("<i>On January 14, 40 days later</i>") == (
        "&lt;i&gt;On <b>January 14</b>, <b>40 days</b> later&lt;/i&gt;"
    )


ISA = "ISA*00*          *00*          *ZZ*12302          *ZZ*HITSUP01       *260116*0915*^*00501*000000401*0*T*:~"


@pytest.mark.parametrize(
    ("kind", "segments", "sentences"),
    [
        ("TA1", "TA1*000000101*260115*0915*A*000~", ["Interchange 000000101 is accepted."]),
        (
            "TA1",
            "TA1*000000101*260115*0915*R*025~",
            ["Interchange 000000101 is refused: an interchange with this control number came before."],
        ),
        (
            "999",
            "AK1*HC*101~AK2*837*0001~IK3*CLM*20*2300*8~IK4*5:1*1331*7*ZZ~IK3*DTP*27*2400*3~IK5*E*5~AK9*E*1*1*1~",
            [
                "Segment CLM at position 20 in loop 2300: element 5-1 is a code that the guide does not have.",
                "Segment DTP at position 27 in loop 2400 is missing.",
                "Set 0001 is accepted, with the errors named here: segments in it are in error.",
                "Group 101 is accepted, with the errors named here.",
            ],
        ),
        (
            "999",
            "AK1*HC*101~AK2*837*0002~IK5*R*4~AK9*R*1*1*0*5~",
            [
                "Set 0002 is refused: the number of segments is not the one it gives.",
                "Group 101 is refused: the number of sets is not the one it gives.",
            ],
        ),
        (
            "277CA",
            "HL*1**20*1~HL*2*1*21*1~QTY*90*1~QTY*AA*2~AMT*YU*680~AMT*YY*450.5~HL*3*2*19*1~QTY*QA*1~HL*4*3*PT~",
            ["1 claim accepted into adjudication, $680.00 charged.", "2 claims rejected, $450.50 charged."],
        ),
    ],
)
def test_an_answer_is_said_in_words(kind: str, segments: str, sentences: list[str]) -> None:
    answer = Acknowledgement(kind=kind, content=ISA + "\n" + segments)
    assert list(answer_shown(answer).sentences) == sentences
