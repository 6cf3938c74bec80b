"""An expected "no": the answer to an act that may not or cannot be done, in words for the person who tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from integration.codes import Language, Role, UserErrorCode


class Refusal(Exception):
    """A refusal with its code, the input field it is about, and a message in both languages.

    Carries no personal data. `about` is the object that stands in the way, if the payload can show it.
    """

    def __init__(
        self,
        code: UserErrorCode,
        message_id: str,
        message_en: str,
        field: Sequence[str] | None = None,
        current_version: int | None = None,
        about: UUID | None = None,
    ) -> None:
        super().__init__(message_en)
        self.code = code
        self.about = about
        self.field = list(field) if field is not None else None
        self.current_version = current_version
        self._messages = {Language.ID: message_id, Language.EN: message_en}

    def message(self, language: Language) -> str:
        """The message in the viewer's language."""
        return self._messages[language]


@dataclass(frozen=True, slots=True)
class No:
    """Why an act is not possible, in words for the person who wants to do it."""

    code: UserErrorCode
    indonesian: str
    english: str
    field: tuple[str, ...] = ()

    def refusal(self) -> Refusal:
        """To be raised by a service."""
        return Refusal(self.code, self.indonesian, self.english, self.field or None)


NOT_YOUR_ROLE = No(UserErrorCode.FORBIDDEN, "Peran Anda tidak boleh melakukan ini.", "Your role may not do this.")


def permit(roles: frozenset[Role], *, among: frozenset[Role]) -> None:
    """Refuse whoever has none of these roles."""
    if roles.isdisjoint(among):
        raise NOT_YOUR_ROLE.refusal()
