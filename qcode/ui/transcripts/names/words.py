"""How answers, categories and rules are called."""

from __future__ import annotations

CATEGORIES = {
    "name": "Name",
    "place": "Place",
    "organisation": "Organisation",
    "date": "Date",
    "age": "Age",
    "phone": "Telephone",
    "email": "E-mail",
    "web": "Web",
    "address": "Address",
    "postcode": "Postcode",
    "plate": "Number plate",
    "id": "Case or ID number",
    "job": "Job",
    "number": "Number",
    "word": "Capital word",
}
STATES = {
    "waiting": "",
    "replace": "replaced",
    "keep": "not an identifier",
    "here": "replaced where chosen",
    "later": "later",
}
SHOWN = (
    ("", "All strings"),
    ("waiting", "Not answered"),
    ("replace", "Replaced"),
    ("keep", "Not identifiers"),
    ("later", "Put off"),
)


def category_word(category: str) -> str:
    """What a category is called."""
    return CATEGORIES.get(category, category)
