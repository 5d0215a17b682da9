"""The fields of an 837P that people know by a name, with the claim status code that speaks of each.

The codes are those of the X12 health care claim status list (external code source 508) with the entity they need.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what people call it, and its claim status code with the entity (empty: none of its own)."""

    name: str
    status: str = ""

    def status_in(self, category: str) -> str:
        return f"{category}:{self.status}" if self.status else ""


_TABLE = """
2010AA NM1*85    | The billing provider                            | 124:85
2010AA NM103     | The billing provider's name                     | 125:85
2010AA NM109     | The billing provider's NPI                      | 562:85
2010AA N3        | The billing provider's street address           | 503:85
2010AA N301      | The billing provider's street address           | 503:85
2010AA N4        | The billing provider's city, State and ZIP code | 126:85
2010AA N401      | The billing provider's city                     | 502:85
2010AA N402      | The billing provider's State                    | 501:85
2010AA N403      | The billing provider's ZIP code                 | 500:85
2010AA REF*EI    | The billing provider's tax number               | 128:85
2010AA REF02     | The billing provider's tax number               | 128:85
2000A PRV03      | The billing provider's taxonomy code            | 145:85
2000B SBR        | The subscriber information                      | 171
2000B SBR01      | The payer's place in the order of payers        | 171
2000B SBR02      | The patient's relationship to the subscriber    | 156
2000B SBR09      | The claim filing indicator                      | 480:IL
2010BA NM1*IL    | The patient's name and Medicare number          | 125:IL
2010BA NM103     | The patient's last name                         | 504:IL
2010BA NM104     | The patient's first name                        | 505:IL
2010BA NM108     | The qualifier of the patient's Medicare number  | 164:IL
2010BA NM109     | The patient's Medicare number (MBI)             | 164:IL
2010BA N3        | The patient's street address                    | 503:IL
2010BA N301      | The patient's street address                    | 503:IL
2010BA N4        | The patient's city, State and ZIP code          | 126:IL
2010BA N401      | The patient's city                              | 502:IL
2010BA N402      | The patient's State                             | 501:IL
2010BA N403      | The patient's ZIP code                          | 500:IL
2010BA DMG       | The patient's demographic information           | 158:IL
2010BA DMG02     | The patient's birth date                        | 158:IL
2010BA DMG03     | The patient's sex                               | 157:IL
2010BB NM1*PR    | The payer                                       | 125:PR
2300 CLM01       | The patient control number                      | 478
2300 CLM02       | The total charge                                | 178
2300 CLM05-1     | The place of service                            | 249
2300 CLM05-3     | The claim frequency code                        | 535
2300 CLM07       | The assignment code                             | 589
2300 CLM08       | The assignment of benefits                      | 360
2300 PWK01       | The type of the attachment                      | 294
2300 PWK02       | The way in which the attachment is sent         | 294
2300 PWK06       | The attachment control number                   | 489
2300 REF*F8      | The number of the original claim                | 464
2300 HI*ABK      | The diagnosis code                              | 255
2310B NM103      | The rendering provider's name                   | 125:82
2310B NM109      | The rendering provider's NPI                    | 562:82
2310C NM103      | The service location's name                     | 125:77
2310C NM109      | The service location's NPI                      | 562:77
2310C N3         | The service location's street address           | 503:77
2310C N301       | The service location's street address           | 503:77
2310C N4         | The service location's city, State and ZIP code | 126:77
2310C N401       | The service location's city                     | 502:77
2310C N402       | The service location's State                    | 501:77
2310C N403       | The service location's ZIP code                 | 500:77
2320 SBR         | The other payer's subscriber information        | 171
2320 OI          | The other insurance information                 | 171
2330B NM109      | The other payer's number                        | 479
2400 LX          | The service line                                | 247
2400 LX01        | The line number                                 | 247
2400 SV1         | The service                                     | 454
2400 SV101-1     | The qualifier of the procedure code             | 454
2400 SV101-2     | The procedure code                              | 507
2400 SV101-3     | The first modifier                              | 453
2400 SV101-4     | The second modifier                             | 453
2400 SV101-5     | The third modifier                              | 453
2400 SV101-6     | The fourth modifier                             | 453
2400 SV102       | The line charge                                 | 583
2400 SV103       | The unit of measure                             | 659
2400 SV104       | The number of units                             | 476
2400 SV105       | The place of service of the line                | 249
2400 SV107       | The diagnosis pointer                           | 477
2400 SV107-1     | The first diagnosis pointer                     | 477
2400 SV107-2     | The second diagnosis pointer                    | 477
2400 SV107-3     | The third diagnosis pointer                     | 477
2400 SV107-4     | The fourth diagnosis pointer                    | 477
2400 DTP*472     | The date of service                             | 187
2400 REF*6R      | The line item control number                    | 584
2400 PWK06       | The attachment control number                   | 489
2400 NTE02       | The line note                                   | 586
2410 LIN03       | The drug's National Drug Code                   | 218
2420A NM109      | The line's rendering provider's NPI             | 562:82
2420C NM109      | The line's service location's NPI               | 562:77
2430 SVD02       | The amount that the other payer paid            | 643
"""


def _read() -> dict[tuple[str, str], Field]:
    fields = {}
    for line in _TABLE.strip().splitlines():
        place, name, status = (part.strip() for part in line.split("|"))
        loop, _, reference = place.partition(" ")
        fields[loop, reference.strip()] = Field(name, status)
    return fields


FIELDS = _read()


def field_at(loop: str, key: str, reference: str) -> Field:
    """The field in a loop: by element reference (CLM05-3), else by the segment's key (DTP*472), else by its name."""
    segment = key.partition("*")[0]
    for name in (reference, reference.partition("-")[0], key, segment):
        if found := FIELDS.get((loop, name)):
            return found
    return Field(f"The {reference or segment} of loop {loop}")
