"""A guide's grammar made ready for the walker: loops, their places, what may stand there."""

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from claims.intake.x12.elements import REQUIRED, Item, Simple, item_of, pattern_of
from claims.intake.x12.grammar_837p import GRAMMAR, MACROS
from claims.intake.x12.segments import COMPONENT

#: Which element tells segments of one name apart. (HI is told apart by the first component.)
QUALIFIED = {
    "NM1": 1, "REF": 1, "DTP": 1, "AMT": 1, "QTY": 1, "CRC": 1, "PRV": 1, "HI": 1, "HL": 3,
}  # fmt: skip

TOP = "ST"

#: The billing provider, the subscriber, the patient, the claim (837P).
LEVELS = frozenset(("2000A", "2000B", "2000C", "2300"))

Matcher = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place in a loop: the segment that stands there, or the loop that it opens."""

    key: str
    loop: str
    page: str
    ordinal: int
    is_required: bool
    most: int
    bit: int
    items: tuple[Item, ...]
    matches: Matcher
    opens: "LoopSpec | None" = None

    @property
    def segment(self) -> str:
        return self.key.partition("*")[0]


@dataclass(slots=True, eq=False)
class LoopSpec:
    """A loop: its places by key, the bits of those that must be filled, and the place that opens it.

    A level is read one at a time: the loop around it does not keep it.
    """

    name: str
    nodes: dict[str, Node] = field(default_factory=dict)
    required: int = 0
    head: Node | None = None
    places: list[Node] = field(default_factory=list)
    head_bit: int = 0
    is_level: bool = False

    @property
    def head_key(self) -> str:
        return self.head.key if self.head else ""

    def add(self, keys: list[str], node: Node) -> None:
        self.places.append(node)
        self.required |= node.bit if node.is_required else 0
        self.nodes.update(dict.fromkeys(keys, node))

    def take_head_keys(self) -> list[str]:
        """The keys of the first segment, which lead to a new repetition and no longer to a place in the loop."""
        keys = [key for key, node in self.nodes.items() if node is self.head]
        for key in keys:
            del self.nodes[key]
        return keys


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """All loops of a guide by name, the one of the set itself, and the names of its segments.

    `name` begins the numbers of its findings: X222 for the 837P.
    """

    name: str
    loops: Mapping[str, LoopSpec]
    known_segments: frozenset[str]

    @property
    def transaction(self) -> LoopSpec:
        return self.loops[TOP]


def key_of(elements: list[str]) -> str:
    """The key of a segment in a loop's table: its name, with the qualifier where there is one."""
    name = elements[0]
    index = QUALIFIED.get(name)
    if index is None:
        return name
    if index >= len(elements):
        return f"{name}*"
    if name == "HI":
        return f"{name}*{elements[1].partition(COMPONENT)[0]}"
    return f"{name}*{elements[index]}"


def read_grammar(name: str, text: str, macros: Mapping[str, str], levels: AbstractSet[str]) -> Grammar:
    """The grammar that a text in the notation of `grammar_837p` describes; `levels` are read one at a time."""
    loops: dict[str, LoopSpec] = {}
    placements: list[tuple[str, list[str], list[str]]] = []
    current = LoopSpec("")
    for fields in _lines(text, macros):
        if fields[0].startswith("@"):
            loop = fields[0][1:]
            current = loops[loop] = LoopSpec(loop, is_level=loop in levels)
            placements.append((loop, fields[1].split(","), fields[2:]))
            continue
        for keys, node in _places(name, current.name, fields, 1 << len(current.places)):
            if current.head is None and current.name != TOP:
                current.head, current.head_bit = node, node.bit
            current.add(keys, node)
    for loop, parents, fields in placements:
        if loop != TOP:
            keys = loops[loop].take_head_keys()
            for parent in parents:
                _open(loops[parent], loops[loop], keys, fields)
    return Grammar(name, loops, frozenset(node.segment for each in loops.values() for node in each.places))


def _lines(text: str, macros: Mapping[str, str]) -> Iterator[list[str]]:
    text = text.replace("\\\n", "")
    for name, expansion in macros.items():
        text = re.sub(re.escape(name) + r"(?!\w)", expansion, text)
    yield from (line.split() for line in text.splitlines() if line)


def _places(grammar: str, loop: str, fields: list[str], bit: int) -> Iterator[tuple[list[str], Node]]:
    """The places that one line of the grammar describes, each with the keys that lead to it."""
    key, number, ordinal, usage, most, *tokens = fields
    page = f"{grammar}.{number}"
    identifier, _, qualifiers = key.partition("*")
    for choice in qualifiers.split(","):
        codes = tuple(choice.split("|"))
        items = [item_of(token) for token in tokens]
        index = QUALIFIED.get(identifier)
        if index is not None and identifier != "HI":
            qualifier = items[index - 1]
            assert isinstance(qualifier, Simple)
            items[index - 1] = replace(qualifier, codes=codes)
        keys = [f"{identifier}*{code}" if code else identifier for code in codes]
        matches = re.compile(pattern_of(identifier, items)).fullmatch
        yield keys, Node(keys[0], loop, page, int(ordinal), usage == REQUIRED, int(most), bit, tuple(items), matches)
        bit <<= 1


def _open(parent: LoopSpec, child: LoopSpec, keys: list[str], fields: list[str]) -> None:
    """Put a loop in its place in another; the keys of its first segment lead there."""
    head = child.head
    assert head is not None
    ordinal, usage, most = int(fields[0]), fields[1] == REQUIRED, int(fields[2])
    bit = 1 << len(parent.places)
    parent.add(keys, Node(head.key, child.name, head.page, ordinal, usage, most, bit, head.items, head.matches, child))


CLAIM_GRAMMAR = read_grammar("X222", GRAMMAR, MACROS, LEVELS)
