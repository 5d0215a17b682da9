"""The account for the screen: what was refused and what to do, without a patient's data."""

import pytest

from claims.intake.x12 import envelope, words
from claims.intake.x12.reading import read_file
from claims.intake.x12.rules import RULES, Rule
from claims.intake.x12.words import Account, account_of
from tests.claims.intake.x12.answering import answer
from tests.claims.intake.x12.samples import edited, file_text


def account(content: bytes) -> Account:
    reading = read_file(content)
    return account_of(reading, [outcome for answers in answer(reading) for outcome in answers.outcomes])


def test_a_file_without_fault_needs_one_sentence() -> None:
    assert account(file_text(2).encode()) == Account("All 2 claims were taken in.", ())
    assert account(file_text().encode()).summary == "The claim was taken in."


def test_a_refused_claim_is_named_with_its_reasons() -> None:
    content = edited(("1EG4TE5MK73", "1SG4TE5MK73"), ("*UN*6*", "*MJ*6*"), text=file_text(2))
    told = account(content)
    assert told.summary == "1 of 2 claims were taken in, 1 refused."
    (item,) = told.items
    assert item.what == "Claim HIT26000001 (number 1 in the file) is refused"
    assert item.reasons[0].startswith("The patient's Medicare number (loop 2010BA, NM109) does not have the form")
    assert item.reasons[1].startswith("Line 1: The unit of measure (loop 2400, SV103) is not UN.")


@pytest.mark.parametrize(
    ("content", "what", "reason"),
    [
        (edited(("IEA*1*", "IEA*2*")), "Interchange 000000101 is refused", "IEA01"),
        (edited(("GE*1*", "GE*2*")), "Group 101 is refused", "GE01"),
        (edited(("GS*HC", "GS*HP")), "Group 101 is refused", "only the 837P"),
        (file_text().replace("SE*", "SE*1").encode(), "Set 0001 is refused", "SE01"),
        (edited(("HL*2*1*22*0", "HL*3*1*22*0")), "Set 0001 is refused", "order of its levels"),
        (edited(("*TE*", "*QQ*")), "Set 0001 was read, with faults that refuse no claim", "PER"),
        (edited(("GS*HC", "GS*FA")), "Interchange 000000101", "acknowledgements"),
        (b"%PDF", "The file", "PDF"),
    ],
)
def test_each_level_says_what_is_wrong_with_it(content: bytes, what: str, reason: str) -> None:
    (item,) = account(content).items
    assert item.what == what
    assert reason in " ".join(item.reasons)


def test_the_callers_own_verdict_is_told() -> None:
    reading = read_file(file_text().encode())
    (item,) = account_of(reading, [], {reading.interchanges[0]: "025"}).items
    assert item.reasons == (words.TA1_WORDS["025"],)


def test_what_was_sent_is_not_repeated() -> None:
    content = edited(("1EG4TE5MK73", "1SG4TE5MK73"), ("19480215", "19481315"), ("DORA", "D\x07RA"))
    told = repr(account(content))
    assert not any(value in told for value in ("1SG4TE5MK73", "19481315", "EVANS", "RA\x07"))


def test_every_code_that_we_give_has_its_words() -> None:
    notes = {value for name, value in vars(envelope).items() if name.startswith("NOTE_")}
    assert notes | set(envelope.ELEMENT_NOTES.values()) <= set(words.TA1_WORDS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.edit_id)
def test_every_rule_names_its_field_and_what_to_do(rule: Rule) -> None:
    assert "loop" in rule.message
    what_to_do = ("Send", "send", "Correct", "Copy", "Make", "Number", "Say", "is needed")
    assert any(word in rule.message for word in what_to_do)
