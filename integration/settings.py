"""Every setting of the house, read from the environment (`SATUPINTU_...`) here and nowhere else.

Defaults are safe for a laptop. As soon as one production setting is present, demo mode (demo tokens, demo secrets, a
key kept in the data folder) is off for good, and what production needs must be set.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_APP_SECRET = "demo-app-secret"  # noqa: S105 - public on purpose, and of no use in production
DEMO_VERIFY_TOKEN = "demo-verify-token"  # noqa: S105
KEY_FILE = "sealing.key"


class SettingMissing(Exception):
    """A setting that production needs is not there; the message names it."""


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

    conversation_window: timedelta = timedelta(hours=6)
    reopen_window: timedelta = timedelta(days=30)
    read_connections: int = 8
    max_body: int = 1024 * 1024

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
