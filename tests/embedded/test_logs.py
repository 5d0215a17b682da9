"""No log line names a person."""

from __future__ import annotations

import logging
import sys

import pytest
import structlog

from hit_project.logs import REDACTED, formatter

MBI = "1EG4TE5MK73"


def line_of(message: str, *arguments: object, exc_info: object = None, **extra: object) -> str:
    """The line that the settings' formatter makes of a record."""
    record = logging.LogRecord("claims", logging.ERROR, "file", 1, message, arguments, exc_info)  # type: ignore[arg-type]
    record.__dict__.update(extra)
    return formatter().format(record)


@pytest.mark.parametrize("written", [MBI, MBI.lower(), "1EG4-TE5-MK73", f"NM1*IL*1*DOE****MI*{MBI}~"])
def test_a_medicare_number_is_removed_however_it_is_written(written: str) -> None:
    line = line_of("no beneficiary for %s on file", written)
    assert "te5" not in line.lower()
    assert REDACTED in line


@pytest.mark.parametrize("harmless", ["claim 26069000000001", "HIT-501", "G0088", "1EG4TE5MK731", "2026-03-10T12:00"])
def test_other_numbers_stay(harmless: str) -> None:
    assert harmless in line_of(harmless)


def test_a_medicare_number_is_removed_from_a_traceback() -> None:
    try:
        raise ValueError(f"unknown {MBI}")
    except ValueError:
        line = line_of("failed", exc_info=sys.exc_info())
    assert "ValueError" in line
    assert MBI not in line


@pytest.mark.parametrize(
    "key",
    ["last_name", "first_name", "name", "patient", "birth_date", "date_of_birth", "address_line_1", "zip", "mbi"],
)
def test_values_under_telling_keys_are_removed_at_any_depth(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("tests.redaction")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter())
    logger.addHandler(handler)
    structlog.get_logger("tests.redaction").error("refused", **{key: "Sensitive"}, rows=[{key: "Sensitive"}], count=3)
    logger.removeHandler(handler)
    line = capsys.readouterr().out
    assert "Sensitive" not in line
    assert "count=3" in line
    assert "refused" in line
