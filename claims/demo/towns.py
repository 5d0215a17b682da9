"""Towns where the demonstration's people live; every ZIP but the last has a payment locality."""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    city: str
    state: str
    zips: tuple[str, ...]


_TABLE = """
Baltimore      MD 21201 21211 21218 21224 21229
Towson         MD 21204
Annapolis      MD 21401 21403
Columbia       MD 21044 21045
Frederick      MD 21701 21702
Rockville      MD 20850 20852
Silver Spring  MD 20902 20910
Salisbury      MD 21801 21804
Hagerstown     MD 21740 21742
Bel Air        MD 21014
Glen Burnie    MD 21061
Cumberland     MD 21502
Philadelphia   PA 19103 19111 19124 19147
Pittsburgh     PA 15213 15217 15232
Lancaster      PA 17601 17603
Harrisburg     PA 17101 17110
Erie           PA 16501
Scranton       PA 18503
Newark         NJ 07102 07106
Trenton        NJ 08608 08618
Camden         NJ 08102
Princeton      NJ 08540
Jersey City    NJ 07302
Wilmington     DE 19801 19805
Dover          DE 19901
Washington     DC 20001 20002 20009 20011 20016
Arlington      VA 22201 22207
Alexandria     VA 22314
Richmond       VA 23219 23220
Raleigh        NC 27601 27609
Columbus       OH 43215
Albany         NY 12207
"""


def _read() -> dict[str, tuple[Town, ...]]:
    towns: dict[str, list[Town]] = {}
    for line in _TABLE.strip().splitlines():
        city, (state, *zips) = line[:15].strip(), line[15:].split()
        towns.setdefault(state, []).append(Town(city, state, tuple(zips)))
    return {state: tuple(found) for state, found in towns.items()}


#: Towns by State.
TOWNS = _read()

#: A ZIP that the table of localities does not have, so that no price can be found (HIT-901).
WITHOUT_LOCALITY = Town("Baltimore", "MD", ("21264",))

STREETS = (
    "Elm Street", "Larkspur Lane", "Mill Road", "Orchard Way", "Harbor Avenue", "Foxglove Court", "Maple Drive",
    "Station Road", "Meadow Terrace", "Wren Street", "Quarry Lane", "Beacon Street", "Juniper Place", "Ferry Road",
)  # fmt: skip
