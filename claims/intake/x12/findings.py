"""A finding: one thing that is wrong with a set or a claim, said in words and in the codes of the 999 and the 277CA.

Statuses are claim status category, claim status code and entity, as STC01 has them. Only the categories A3 (returned
as unprocessable), A6 (missing), A7 (invalid) and A8 (two fields disagree) are used: X12 RFI 1942. A claim refused for
a fault that the 999 reports carries status 684 besides its own: X12 RFI 1575.
"""

from dataclasses import dataclass, field

from claims.intake.x12.elements import ElementFault
from claims.intake.x12.fields import field_at
from claims.intake.x12.grammar import Node

UNRECOGNIZED, UNEXPECTED, MISSING, LOOP_TOO_OFTEN, SEGMENT_TOO_OFTEN, OUT_OF_ORDER, ELEMENT_FAULTY = "1234578"

SYNTAX_STATUS = "A3:684"

#: More findings than this in one claim, or above the claims, are not listed: the first ones show what is wrong.
MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class GatewayFinding:
    """One finding.

    `edit_id` has the form of CMS's edit numbers (X222.page.loop.element.number); the last number is ours, and the page
    is 000 in guides for which CMS has none. `position`
    counts segments from ST, which is 1. `segment_error` (IK304) is empty for a finding that the 999 does not report.
    `line` counts the claim's lines from 1; 0 is the claim. `value` is what was sent: it may be health information and
    is shown to the claim's own readers alone, never logged.
    """

    edit_id: str
    message: str
    status: str
    loop: str
    segment: str
    position: int
    element: int = 0
    component: int = 0
    data_element: str = ""
    segment_error: str = ""
    element_error: str = ""
    line: int = 0
    value: str = field(default="", repr=False)

    @property
    def is_syntax(self) -> bool:
        """Whether the 999 reports it (and the 277CA adds status 684)."""
        return self.segment_error != ""

    @property
    def is_of_claim(self) -> bool:
        """Whether it lies in the claim itself, not in the billing provider or the subscriber above it."""
        return self.loop.startswith(("23", "24"))


_ELEMENT_WORDS = {
    "1": ("010", "A6", "{name} is missing ({where}). Send it."),
    "2": ("011", "A6", "{name} is missing ({where}): the element beside it needs it. Send both or neither."),
    "3": ("020", "A7", "The {segment} segment ends with more elements than the guide has ({where}). Leave them out."),
    "4": ("021", "A7", "{name} is too short ({where}). Send it whole."),
    "5": ("022", "A7", "{name} is too long ({where}). Shorten it to what the guide allows."),
    "6": ("023", "A7", "{name} has a character that may not stand there ({where}). Take it out."),
    "7": ("024", "A7", "{name} is a code that the guide does not have there ({where}). Send one that it has."),
    "8": ("025", "A7", "{name} is not a date of the calendar in the form CCYYMMDD ({where}). Correct it."),
    "9": ("026", "A7", "{name} is not a time of day in the form HHMM ({where}). Correct it."),
    "12": ("027", "A7", "{name} is repeated ({where}). Send it once."),
    "13": ("028", "A7", "{name} has more components than the guide allows ({where}). Leave them out."),
    "I10": ("029", "A7", "{name} was sent, but the guide does not use it ({where}). Leave it empty."),
    "I12": ("030", "A7", "{name} has more than two decimals ({where}). Send dollars and cents."),
}

_SEGMENT_WORDS = {
    UNRECOGNIZED: "The segment at position {position} of the set has a name that the guide does not know. "
    "Correct or remove it.",
    UNEXPECTED: "A {segment} segment stands at position {position} of the set, where the guide does not expect it. "
    "Correct its qualifier or remove it.",
    MISSING: "{name} is missing from loop {loop}. Send it.",
    LOOP_TOO_OFTEN: "Loop {loop} is repeated more often than the {most} times that the guide allows. "
    "Split the claim or remove the surplus.",
    SEGMENT_TOO_OFTEN: "{name} is repeated in loop {loop} more often than the guide allows ({most}). "
    "Remove the surplus.",
    OUT_OF_ORDER: "The {segment} segment at position {position} of the set stands behind one that it must precede. "
    "Put it in the guide's order.",
}


def element_finding(node: Node, fault: ElementFault, position: int, line: int) -> GatewayFinding:
    """The finding for an element that does not fit the guide."""
    loop = node.opens.name if node.opens else node.loop
    reference = f"{node.segment}{fault.element:02d}" + (f"-{fault.component}" if fault.component else "")
    number, category, words = _ELEMENT_WORDS[fault.code]
    named = field_at(loop, node.key, reference)
    message = words.format(name=named.name, where=f"loop {loop}, {reference}", segment=node.segment)
    return GatewayFinding(
        edit_id=f"{node.page}.{loop}.{reference}.{number}",
        message=message,
        status=named.status_in(category) or SYNTAX_STATUS,
        loop=loop,
        segment=node.segment,
        position=position,
        element=fault.element,
        component=fault.component,
        data_element=fault.number,
        segment_error=ELEMENT_FAULTY,
        element_error=fault.code,
        line=line,
        value=fault.value,
    )


def place_finding(error: str, node: Node, position: int, line: int) -> GatewayFinding:
    """The finding for a segment or a loop of the guide that is missing, repeated too often or out of order."""
    loop = node.opens.name if node.opens else node.loop
    named = field_at(loop, node.key, "")
    words = _SEGMENT_WORDS[error]
    status = named.status_in("A6" if error == MISSING else "A7") or SYNTAX_STATUS
    message = words.format(name=named.name, segment=node.segment, loop=loop, position=position, most=node.most)
    edit_id = f"{node.page}.{loop}.{node.segment}.00{error}"
    return GatewayFinding(edit_id, message, status, loop, node.segment, position, segment_error=error, line=line)


def stray_finding(guide: str, error: str, segment: str, loop: str, position: int, line: int) -> GatewayFinding:
    """The finding for a segment that has no place: unknown, or known and not expected here."""
    message = _SEGMENT_WORDS[error].format(segment=segment, position=position)
    name = "" if error == UNRECOGNIZED else segment
    edit_id = f"{guide}.000.{loop}.{name or 'SEGMENT'}.00{error}"
    return GatewayFinding(
        edit_id, message, SYNTAX_STATUS, loop, name, position, segment_error=error, line=line, value=segment
    )
