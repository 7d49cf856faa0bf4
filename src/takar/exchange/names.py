"""Names with their degrees, as they stand in one cell of an office's list."""

import re

# H. and Hj. are no degrees, but they are written and printed where degrees are.
_FRONT = (
    "Prof", "Dr", "Drs", "Dra", "Ir", "drg", "drh", "Apt", "Ns", "Hj", "KH", "Pdt", "Ust", "Tgk",
)  # fmt: skip
_FRONT_TITLE = re.compile(rf"((?:{'|'.join(_FRONT)})(?:\.\s*|\s+)|H\.\s*|\(?H\.\s?C\.\)?\s*)(?=\S)", re.IGNORECASE)

# Without a comma only what cannot be a name is taken for a degree: the known stems, written with their points.
_BACK_STEM = (
    r"S\.(?:E|H|T|Sos|Kom|Pd|IP|AP|STP|Ag|Hut|P|Pt|Si|Psi|Farm|Kep|KM|Gz|Ked|Kes|Tr|Ak|IK|S|An|Mn)",
    r"M\.(?:M|Si|H|T|Kom|Pd|AP|Kes|Sos|P|Hum|Ak|Ec|Sc|A|IP|Kn|Tr|E|Psi|Ag|PA)",
    r"A\.\s?Md", r"Amd", r"Ph\.\s?D", r"Sp\.\s?[A-Z]+", r"S\.STP", r"SKM", r"B\.Sc", r"BSc", r"MBA", r"S\.Tr",
)  # fmt: skip
_BACK_TITLE = re.compile(rf"\s+((?:{'|'.join(_BACK_STEM)})(?:\.[A-Za-z]+)*\.?)$")
_LETTERS = re.compile(r"[^a-z ]+")


def split_titles(text: str) -> tuple[str, str, str]:
    """Degrees before, name, degrees after: "Drs. H. Nama Orang, M.Si." is ("Drs. H.", "Nama Orang", "M.Si.").

    The letters stay as they are written. What could be part of a name stays in the name.
    """
    rest = " ".join(text.split())
    head, _, back = rest.partition(",")
    front, name = _take_front(head.strip())
    name, inner = _take_back(name)
    return front, name, ", ".join(part for part in (inner, back.strip(" ,")) if part)


def same_name(left: str, right: str) -> bool:
    """Whether two spellings mean one person: degrees, case and punctuation do not count."""
    return bare_name(left) == bare_name(right)


def bare_name(text: str) -> str:
    """The name by which two spellings of one person are equal."""
    name = split_titles(text)[1].casefold().replace("'", "").replace("’", "")
    return " ".join(_LETTERS.sub(" ", name).split())


def _take_front(text: str) -> tuple[str, str]:
    end = 0
    while match := _FRONT_TITLE.match(text, end):
        end = match.end()
    return text[:end].strip(), text[end:]


def _take_back(text: str) -> tuple[str, str]:
    found: list[str] = []
    while match := _BACK_TITLE.search(text):
        found.insert(0, match[1])
        text = text[: match.start()]
    return text, ", ".join(found)
