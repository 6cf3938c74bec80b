"""The one catalogue of messages to people (`messages.json`): each by its code, in Indonesian and English.

A message marked `template` is also registered with WhatsApp, under its code and in both languages, with the very same
words (`template_body`): only so may it be sent to somebody who has not written for a day. The others are free text.
"""

import json
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from integration.codes import Language

_FILE = Path(__file__).with_name("messages.json")
# WhatsApp's own limits, in characters.
LONGEST_TEXT, LONGEST_TEMPLATE = 4096, 1024


@dataclass(frozen=True, slots=True)
class Message:
    """A message by its code: its words in each language, and whether WhatsApp holds an approved template of it."""

    code: str
    template: bool
    texts: Mapping[Language, str]

    def names(self, language: Language) -> tuple[str, ...]:
        """The words to be filled in, in the order in which they first stand in the text."""
        parts = string.Formatter().parse(self.texts[language])
        return tuple(dict.fromkeys(name for _, name, _, _ in parts if name))

    def text(self, language: Language, words: Mapping[str, str]) -> str:
        """The whole message."""
        return self.texts[language].format_map(words)

    def values(self, language: Language, words: Mapping[str, str]) -> tuple[str, ...]:
        """What fills the template's numbered places. WhatsApp takes no line breaks and no runs of blanks there."""
        return tuple(" ".join(words[name].split()) for name in self.names(language))

    def filled(self, language: Language, values: tuple[str, ...]) -> str:
        """The template as the person reads it."""
        return self.texts[language].format_map(dict(zip(self.names(language), values, strict=True)))

    def template_body(self, language: Language) -> str:
        """The words to register with WhatsApp: the same text, its places numbered."""
        places = range(1, len(self.names(language)) + 1)
        return self.filled(language, tuple(f"{{{{{place}}}}}" for place in places))


def message(code: str) -> Message:
    """A message by its code; `KeyError` for one that is not in the catalogue."""
    return catalogue()[code]


@cache
def catalogue() -> Mapping[str, Message]:
    """All messages there are."""
    document: dict[str, dict[str, str | bool]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        code: Message(code, entry["template"] is True, {language: str(entry[language]) for language in Language})
        for code, entry in document.items()
    }
