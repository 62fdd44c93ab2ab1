"""The words of made-up stories, and names of places that there are not."""

from __future__ import annotations

import numpy as np

_STARTS = (
    "Bel Bor Bras Chor Dob Dres Dub Gal Gor Grod Hal Jar Kam Kor Kras Kul Lip Lub "
    "Mal Mir Nov Ost Pol Rad Ros Sel Slav Sten Tar Tver Ust Val Ver Vol Zal Zel"
)
_MIDDLES = "a am an ar av e el en er i in ir is o ol om on or ov u ul ur us ya yar"
_ENDS = "burg chyn da dorf dyn gorsk hiv ka khov lice lin moor na niv pil rog sk skoye taun tov vka voro zhe zin"
_QUALIFIERS = ("", "Old ", "New ", "Upper ", "Lower ", "Great ", "Little ", "North ", "South ", "West ")

OFFICES = ("Governor", "Mayor", "A resident", "Garrison", "Railway", "A doctor", "Observers", "Defence staff")
CLAIMANT_KINDS = ("official", "official", "person", "army", "company", "person", "observer", "army")
PAPERS = ("Courier", "Gazette", "Herald", "Messenger", "Observer", "Post", "Radio", "Wire")
UNITS = ("troops", "soldiers", "people")
MODES = ("", "", "rail", "road", "ship", "air")
HEDGES = ("alleged", "reportedly", "it is said", "purports to", "could not be verified", "appears to")
VERBS = ("was seen near", "passed through", "halted at", "turned back at", "was filmed outside", "is waiting in")
DETAILS = (
    "at first light",
    "before noon",
    "after dark",
    "in heavy rain",
    "with its lights off",
    "with fuel and two buses",
    "on the way to the crossing",
    "as those who live there say",
    "while the bridge was closed to all others",
    "with lorries and three buses whose number plates were covered",
)
EXCERPTS = (
    "they came in the night and were gone by morning",
    "we counted them twice",
    "nobody told us who they were or where they were going",
    "the road was closed until noon, and when it was opened again nothing was to be seen",
)


def place_names(count: int, chance: np.random.Generator) -> np.ndarray:
    """Return up to 216,000 invented names, of which hardly two are the same."""
    parts = (_STARTS.split(), _MIDDLES.split(), _ENDS.split(), _QUALIFIERS)
    number = chance.permutation(np.prod([len(part) for part in parts]))[:count]
    chosen = []
    for part in parts:
        number, digit = np.divmod(number, len(part))
        chosen.append(np.array(part, dtype=object)[digit])
    start, middle, end, qualifier = chosen
    return qualifier + start + middle + end
