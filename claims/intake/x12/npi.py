"""The National Provider Identifier: ten digits with a check digit (45 CFR 162.406; ISO/IEC 7812 with prefix 80840)."""

from functools import lru_cache

#: What the prefix 80840 adds to the Luhn sum.
_PREFIX_SUM = 24
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


@lru_cache(maxsize=65536)
def is_npi(value: str) -> bool:
    """Whether a value has the form of an NPI: ten digits, the first 1 or 2, and the right check digit."""
    if len(value) != 10 or not (value.isascii() and value.isdigit()) or value[0] not in "12":
        return False
    digits = [int(character) for character in value]
    doubled = sum(_DOUBLED[digit] for digit in digits[0::2])
    return (_PREFIX_SUM + doubled + sum(digits[1::2])) % 10 == 0
