"""Log lines without health information: no Medicare number, no name, no address, no birth date.

Whatever writes a log, structlog or the standard library, ends in the formatter made here. Values under a telling key
are replaced; Medicare numbers are then looked for in the finished line, so also in messages and tracebacks.
"""

from __future__ import annotations

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

REDACTED = "[redacted]"

_LETTER = "[AC-HJKMNP-RT-Y]"
_LETTER_OR_DIGIT = "[AC-HJKMNP-RT-Y0-9]"
#: Medicare Beneficiary Identifier: 11 positions without S, L, O, I, B, Z (CMS, "Understanding the MBI"), also as it is
#: printed on the card, with dashes.
MBI = re.compile(
    rf"(?<![A-Z0-9])[1-9]{_LETTER}{_LETTER_OR_DIGIT}[0-9]-?{_LETTER}{_LETTER_OR_DIGIT}[0-9]-?{_LETTER}{{2}}[0-9]{{2}}"
    r"(?![A-Z0-9])",
    re.IGNORECASE,
)
#: Keys whose values name a person or tell where or when somebody was born or lives.
TELLING_KEY = re.compile(
    r"(^|_)(mbi|hicn|ssn|surname|dob|birth_?date|date_of_birth|birthday|address(_line)?_?\d?|street|city|zip(_code)?"
    r"|postal_code|phone|telephone|e?mail|diagnos[ie]s"
    r"|((first|last|middle|given|family|maiden|full|patient|beneficiary|subscriber|member|person)_?)names?)$"
    r"|^(name|patient|beneficiary|subscriber)$",
    re.IGNORECASE,
)


def redact_telling_keys(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace values under telling keys, at any depth."""
    return {key: REDACTED if TELLING_KEY.search(key) else _redacted(value) for key, value in event.items()}


def redact_mbis(logger: WrappedLogger, method: str, line: Any) -> Any:
    """Replace every Medicare number in a finished line."""
    return MBI.sub(REDACTED, line)


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """The formatter of the settings' `LOGGING`; structlog's own loggers are made to end in it too."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            redact_telling_keys,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            redact_mbis,
        ],
    )


def _redacted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: REDACTED if TELLING_KEY.search(str(key)) else _redacted(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_redacted(inner) for inner in value]
    return value
