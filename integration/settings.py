"""Every setting of the house, read from the environment (`SATUPINTU_...`) here and nowhere else.

Defaults are safe for a laptop. As soon as one production setting is present, demo mode (demo tokens, demo secrets, a
key kept in the data folder) is off for good, and what production needs must be set.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_APP_SECRET = "demo-app-secret"  # noqa: S105 - public on purpose, and of no use in production
DEMO_VERIFY_TOKEN = "demo-verify-token"  # noqa: S105
KEY_FILE = "sealing.key"


class SettingMissing(Exception):
    """A setting that production needs is not there; the message names it."""


@dataclass(frozen=True, slots=True)
class WhatsAppAccess:
    """What it takes to send by the WhatsApp Cloud API."""

    token: SecretStr
    phone_number_id: str
    base_url: str
    api_version: str


class Settings(BaseSettings):
    """What can be set. Secrets are `SecretStr`: printing a setting never shows one."""

    model_config = SettingsConfigDict(env_prefix="SATUPINTU_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Path("data")
    database_url: SecretStr | None = None
    # Production settings: the presence of any of these ends demo mode.
    sealing_key: SecretStr | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    issuer: str | None = None

    # Without a token nothing is sent: messages wait. It makes no production, so that sending can be tried on a laptop.
    whatsapp_token: SecretStr | None = None
    whatsapp_phone_number_id: str | None = None
    whatsapp_base_url: str = "https://graph.facebook.com"
    whatsapp_api_version: str = "v25.0"

    conversation_window: timedelta = timedelta(hours=6)
    reopen_window: timedelta = timedelta(days=30)
    # How long a delivery that was worked off is kept as it came, and how long a repetition is known by its key.
    keep_deliveries: timedelta = timedelta(days=30)
    keep_keys: timedelta = timedelta(days=7)
    # Four eyes: who drafted a reply does not send it, unless a small office switches that off.
    may_send_own_draft: bool = False
    # How often a minute a report can be looked for by its number and code: by one address, and one report by anybody.
    tracks_per_address: int = 30
    tracks_per_report: int = 10
    # How old the newest figure of a minimum service standard may be: that of a month is due by the end of the next.
    spm_stale_after: timedelta = timedelta(days=62)
    # How long before and after an outreach activity reports are counted, to see whether it was heard.
    outreach_window: timedelta = timedelta(days=90)
    # Fewer records than these make no rank: one good one would be a perfect score.
    scoreboard_least: int = Field(default=10, ge=1)
    # How many people a minute one agency (or one officer) may look for in the registry by `matchRegistry`.
    matches_per_client: int = 300
    # How often a minute somebody who is not signed in may send a report in: from one address, and for one phone number.
    submits_per_address: int = 30
    submits_per_phone: int = 5
    # A count of people below this is withheld from those who may not see the rows behind it. Published figures are
    # counted for periods of so many months, and fixed so long after one's end: by then what came late is classified.
    smallest_cell: int = Field(default=5, ge=2)
    published_months: Literal[1, 2, 3, 4, 6, 12] = 3
    published_after: timedelta = Field(default=timedelta(days=14), ge=timedelta())
    read_connections: int = 8
    max_body: int = 1024 * 1024
    # A registry file, as it is brought and, for a workbook, unpacked.
    import_max_bytes: int = 1_000_000_000
    import_max_inflated: int = 3_000_000_000
    # How long an uploaded registry file waits to be staged, and how many of one person may wait.
    keep_uploads: timedelta = timedelta(days=1)
    uploads_per_person: int = 10

    @property
    def demo(self) -> bool:
        """Whether demo tokens and demo secrets hold."""
        return not (self.sealing_key or self.whatsapp_app_secret or self.whatsapp_verify_token or self.issuer)

    @property
    def database(self) -> str:
        """The database address; an SQLite file in the data folder unless one is set."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data / 'satupintu.db').resolve()}"

    @property
    def app_secret(self) -> str:
        """WhatsApp's app secret, which signs deliveries."""
        return self._secret("whatsapp_app_secret", DEMO_APP_SECRET)

    @property
    def verify_token(self) -> str:
        """The word Meta repeats in the webhook handshake."""
        return self._secret("whatsapp_verify_token", DEMO_VERIFY_TOKEN)

    @property
    def whatsapp_access(self) -> WhatsAppAccess | None:
        """How to send by WhatsApp; None if it is not to be sent."""
        if self.whatsapp_token is None or not self.whatsapp_token.get_secret_value():
            return None
        if not self.whatsapp_phone_number_id:
            raise SettingMissing("SATUPINTU_WHATSAPP_PHONE_NUMBER_ID must be set where SATUPINTU_WHATSAPP_TOKEN is")
        token = self.whatsapp_token.get_secret_value()
        if not (token.isascii() and token.isprintable()) or " " in token:
            raise SettingMissing("SATUPINTU_WHATSAPP_TOKEN must be one word of plain characters")
        if not self.whatsapp_base_url.startswith(("https://", "http://")):
            raise SettingMissing("SATUPINTU_WHATSAPP_BASE_URL must begin with https://")
        return WhatsAppAccess(
            self.whatsapp_token, self.whatsapp_phone_number_id, self.whatsapp_base_url, self.whatsapp_api_version
        )

    def _secret(self, name: str, demo: str) -> str:
        value: SecretStr | None = getattr(self, name)
        if value is not None:
            return value.get_secret_value()
        if self.demo:
            return demo
        raise SettingMissing(f"SATUPINTU_{name.upper()} must be set in production")

    def master_key(self) -> bytes:
        """The 32 bytes all sealing rests on: set in production, kept beside the data in demo mode."""
        if self.sealing_key is not None:
            try:
                key = bytes.fromhex(self.sealing_key.get_secret_value())
            except ValueError:
                key = b""
            if len(key) != 32:
                raise SettingMissing("SATUPINTU_SEALING_KEY must be 64 hexadecimal digits (openssl rand -hex 32)")
            return key
        if not self.demo:
            raise SettingMissing("SATUPINTU_SEALING_KEY must be set in production (openssl rand -hex 32)")
        return _key_beside(self.data)


def _key_beside(data: Path) -> bytes:
    data.mkdir(parents=True, exist_ok=True)
    path = data / KEY_FILE
    try:
        # O_EXCL: two processes starting at once must end with the same key.
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return bytes.fromhex(path.read_text().strip())
