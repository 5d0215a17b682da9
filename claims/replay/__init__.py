"""Deciding past claims anew from their stored facts, with other policy tables; nothing is written."""

from claims.replay.lines import LineState
from claims.replay.replaying import replay
from claims.replay.report import LineChange, ReplayReport, Total

__all__ = ["LineChange", "LineState", "ReplayReport", "Total", "replay"]
