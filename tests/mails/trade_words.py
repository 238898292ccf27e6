"""How paper buyers write, in three languages: the words of words.json, by name. Empty braces are filled by generate.py."""

import json
from pathlib import Path

LANGUAGES = ("zh", "en", "de")
_WORDS = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))

# Lists: units as written, headings, of each language the grades for sheets and those for reels, sizes by unit.
UNITS, HEADINGS, GRADES, SIZES = (_WORDS[name] for name in ("UNITS", "HEADINGS", "GRADES", "SIZES"))
REMARKS, PAYMENTS, PLACES, COMPANIES = (_WORDS[name] for name in ("REMARKS", "PAYMENTS", "PLACES", "COMPANIES"))
# Mails: what stands around a list, an order in a sentence, and mails about other mails.
GREETINGS, CLOSINGS, SIGNATURES = (_WORDS[name] for name in ("GREETINGS", "CLOSINGS", "SIGNATURES"))
DAYS, SENTENCES, REEL = (_WORDS[name] for name in ("DAYS", "SENTENCES", "REEL"))
FORWARDED, REPLIES, LETTERS, CHANGES, OTHER = (_WORDS[name] for name in ("FORWARDED", "REPLIES", "LETTERS", "CHANGES", "OTHER"))
