"""The only reader of the environment: every setting is named THAOGO_… and is fixed at the start."""

import json
import os
import re
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

PREFIX = "THAOGO_"
HOME = Path(__file__).parent.parent
"""The project's folder, where a `.env` is looked for when a command is started elsewhere."""
BUNDLED = HOME / "province" / "nghe_an"
TOKEN = re.compile(r"\d+:[\w-]{10,}")
ZALO_TOKEN = re.compile(r"\d+:[\w-]{6,}")
ZALO_OA = (
    "zalo_oa_app_id",
    "zalo_oa_secret_key",
    "zalo_oa_app_secret",
)
"""All of these, or none."""
LEAST_KEY = 32
LEAST_TOKEN = 16
REASONS = {
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "bool_parsing": "must be true or false",
    "less_than_equal": "must be at most {le}",
}
"""pydantic's own sentences in our words."""
FOR_TESTS = frozenset({"THAOGO_PROVE", "THAOGO_REQUIRE_BROWSER", "THAOGO_TEST_DATABASE_URL"})
"""Variables of the test-suite that the program itself does not read."""


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence that says what to do."""


class Settings(BaseSettings):
    """What the environment or `.env` says; secrets never show in logs or errors."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: SecretStr | None = Field(
        None, description="sqlite:///file or postgresql+asyncpg://user:password@host/name"
    )
    data_dir: Path = Field(Path("var"), description="Where the database and files live")
    media_url: SecretStr | None = Field(
        None, description="Files in a bucket: s3://key:password@host/bucket, or s3+http://…"
    )
    http_host: str = Field("127.0.0.1", description="Address the web server listens on")
    http_port: int = Field(8080, ge=0, le=65535, description="Port the web server listens on")
    public_url: str | None = Field(
        None, description="The https address under which phones and channels reach this server"
    )
    province: Path = Field(BUNDLED, description="Folder of the province pack")
    telegram_token: SecretStr | None = Field(None, description="Token of the Telegram bot")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Bot API server, when it is another one"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="With the public URL: Telegram calls /hooks/telegram instead of polling"
    )
    zalo_bot_token: SecretStr | None = Field(
        None, description="Tokens of the Zalo bots, with commas between them"
    )
    zalo_bot_api_url: str = Field(
        "https://bot-api.zaloplatforms.com", description="Zalo Bot server, when it is another one"
    )
    zalo_bot_webhook_secret: SecretStr | None = Field(
        None,
        description="With the public URL: Zalo calls /hooks/zalo-bot; one secret for each bot",
    )
    zalo_oa_app_id: str | None = Field(None, description="The Zalo app of an Official Account")
    zalo_oa_secret_key: SecretStr | None = Field(
        None, description="The OA secret key of the console's webhook section: signs what it posts"
    )
    zalo_oa_app_secret: SecretStr | None = Field(None, description="The app's own secret key")
    zalo_oa_refresh_token: SecretStr | None = Field(
        None, description="A refresh token got elsewhere; `thaogo zalo-oa-consent` needs none"
    )
    zalo_oa_api_url: str = Field(
        "https://openapi.zalo.me", description="Zalo's OpenAPI, when it is another one"
    )
    zalo_oa_oauth_url: str = Field(
        "https://oauth.zaloapp.com", description="Zalo's OAuth server, when it is another one"
    )
    secret_key: SecretStr | None = Field(
        None, description="Seals the tokens that are kept in the database; 32 letters at least"
    )
    smtp_url: SecretStr | None = Field(
        None, description="The mail server: smtps://user:password@host, or smtp:// with STARTTLS"
    )
    smtp_from: str | None = Field(None, description="From whom mails come: Tháo Gỡ <a@b.vn>")
    sms_url: str | None = Field(None, description="Where the SMS gateway takes an HTTP POST")
    sms_body: SecretStr | None = Field(
        None, description="What it takes, JSON or a form, with {phone} or {phone84} and {text}"
    )
    sms_headers: SecretStr | None = Field(
        None, description="Headers for the gateway, Name: value, with | between them"
    )
    sms_success: str = Field("", description="Words that only its answer to a taken message has")
    heartbeat_url: SecretStr | None = Field(
        None, description="Called each minute while all that is due has happened, and only then"
    )
    metrics_token: SecretStr | None = Field(
        None, description="Whoever brings it (Authorization: Bearer …) may read /metrics"
    )
    metrics_local: bool = Field(
        default=False, description="/metrics for this machine alone, without a token"
    )
    webhooks_private: bool = Field(
        default=False, description="Let webhooks go to http and private addresses: for tests alone"
    )
    open311: bool = Field(
        default=False, description="Open /open311/v2 for civic tools; off by default"
    )
    oidc_issuer: str | None = Field(
        None, description="The province's sign-in service (OpenID Connect) for the console"
    )
    oidc_client_id: str | None = Field(None, description="What that service calls this program")
    oidc_client_secret: SecretStr | None = Field(None, description="What it knows it by")
    sentry_dsn: SecretStr | None = Field(
        None, description="A Sentry that is told of the program's own errors, without any words"
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else "sqlite:///file"
        if not url.startswith(("sqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite:/// or postgresql+asyncpg://")
        found = _parts(url)
        if found is None or not found.path.strip("/") or found.path == "/:memory:":
            raise ValueError("must name a database: sqlite:///file or …://user:password@host/name")
        return value

    @field_validator("media_url")
    @classmethod
    def _names_a_bucket(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else "s3://key:password@nowhere/bucket"
        found = _parts(url) if url.startswith(("s3://", "s3+http://")) else None
        if found is None or not (found.hostname and found.username and found.password):
            raise ValueError("must be s3://key:password@host/bucket")
        if not re.fullmatch(r"/[a-z0-9][a-z0-9.-]{1,62}/?", found.path):
            raise ValueError("must end with the name of a bucket: s3://key:password@host/bucket")
        return value

    @field_validator("province")
    @classmethod
    def _a_folder(cls, value: Path) -> Path:
        if not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must look like 123456789:AbC…, as @BotFather gave it")
        return value

    @field_validator("zalo_bot_token")
    @classmethod
    def _look_like_tokens(cls, value: SecretStr | None) -> SecretStr | None:
        tokens = _listed(value)
        if not all(ZALO_TOKEN.fullmatch(token) for token in tokens):
            raise ValueError("must look like 12345689:abc-xyz, as Zalo Bot Creator sent it")
        if len({token.partition(":")[0] for token in tokens}) < len(tokens):
            raise ValueError("must name each bot once")
        return value

    @field_validator("zalo_bot_webhook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if not all(re.fullmatch("[A-Za-z0-9_-]{8,256}", secret) for secret in _listed(value)):
            raise ValueError("must be 8 to 256 letters A-Z, a-z, digits, _ and - for each bot")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _long_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(
            f"[A-Za-z0-9_-]{{{LEAST_TOKEN},256}}", value.get_secret_value()
        ):
            raise ValueError(f"must be {LEAST_TOKEN} to 256 letters A-Z, a-z, digits, _ and -")
        return value

    @field_validator("secret_key")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr | None) -> SecretStr | None:
        if value and len(value.get_secret_value()) < LEAST_KEY:
            raise ValueError(f"must have {LEAST_KEY} letters: openssl rand -base64 32")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str | None) -> str | None:
        return _address(value, "must begin with https://") if value else None

    @field_validator("telegram_api_url", "zalo_bot_api_url", "zalo_oa_api_url", "zalo_oa_oauth_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        return _address(value, "must begin with https:// or http://")

    @field_validator("smtp_url")
    @classmethod
    def _a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else "smtps://nowhere"
        found = _parts(url) if url.startswith(("smtps://", "smtp://")) else None
        if found is None or not found.hostname:
            raise ValueError("must be smtps://user:password@host or smtp://…")
        return value

    @field_validator("smtp_from")
    @classmethod
    def _a_mailbox(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"([^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?", value):
            raise ValueError("must be an address, or a name and an address in <>")
        return value

    @field_validator("sms_url")
    @classmethod
    def _a_gateway(cls, value: str | None) -> str | None:
        return _address(value, "must begin with https:// or http://") if value else None

    @field_validator("sms_body")
    @classmethod
    def _a_template(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value() if value else "{phone}{text}"
        if "{text}" not in text or not ("{phone}" in text or "{phone84}" in text):
            raise ValueError("must have {text}, and {phone} or {phone84}")
        if value and text.lstrip().startswith('{"') and not _is_json(text):
            raise ValueError("begins as JSON does and is none")
        return value

    @field_validator("sms_headers")
    @classmethod
    def _headers(cls, value: SecretStr | None) -> SecretStr | None:
        lines = value.get_secret_value().split("|") if value else []
        if not all(re.fullmatch(r"\s*[\w-]+:\s*[\x20-\x7e]+", line) for line in lines):
            raise ValueError("must be Name: value, with | between several")
        return value

    @field_validator("heartbeat_url")
    @classmethod
    def _can_be_called(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else "https://nowhere"
        found = _parts(url) if url.startswith(("https://", "http://")) else None
        if found is None or not found.hostname:
            raise ValueError("must begin with https:// or http://")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _names_a_project(cls, value: SecretStr | None) -> SecretStr | None:
        url = value.get_secret_value() if value else "https://key@nowhere/1"
        found = _parts(url) if url.startswith(("https://", "http://")) else None
        if found is None or not (found.hostname and found.username and found.path.strip("/")):
            raise ValueError("must be https://key@host/number, as Sentry shows it for a project")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _sayable_in_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch("[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("must be 1 to 256 letters A-Z, a-z, digits, _ and -")
        return value

    @model_validator(mode="after")
    def _webhook_has_address(self) -> Self:
        if self.telegram_webhook_secret and not self.public_url:
            raise ValueError("THAOGO_TELEGRAM_WEBHOOK_SECRET needs THAOGO_PUBLIC_URL as well")
        if self.telegram_webhook_secret and not self.telegram_token:
            raise ValueError("THAOGO_TELEGRAM_WEBHOOK_SECRET needs THAOGO_TELEGRAM_TOKEN as well")
        return self

    @model_validator(mode="after")
    def _zalo_webhooks_have_addresses(self) -> Self:
        secrets = _listed(self.zalo_bot_webhook_secret)
        if not secrets:
            return self
        if not (self.public_url or "").startswith("https://"):
            raise ValueError(
                "THAOGO_ZALO_BOT_WEBHOOK_SECRET needs THAOGO_PUBLIC_URL=https://… as well"
            )
        if len(set(secrets)) < len(secrets) or len(secrets) != len(self.zalo_bot_tokens):
            raise ValueError(
                "THAOGO_ZALO_BOT_WEBHOOK_SECRET must be one secret of its own for each token"
            )
        return self

    @model_validator(mode="after")
    def _zalo_oa_is_whole(self) -> Self:
        asked = {name: getattr(self, name) for name in ZALO_OA}
        if not any(asked.values()) and self.zalo_oa_refresh_token is None:
            return self
        if missing := [name for name, value in asked.items() if not value]:
            raise ValueError(f"{PREFIX}{missing[0].upper()} is needed as well for a Zalo OA")
        if self.secret_key is None:
            raise ValueError("THAOGO_SECRET_KEY is needed as well for a Zalo OA")
        if not (self.public_url or "").startswith("https://"):
            raise ValueError("a Zalo OA needs THAOGO_PUBLIC_URL=https://… as well")
        return self

    @model_validator(mode="after")
    def _one_way_channels_are_whole(self) -> Self:
        if bool(self.smtp_url) != bool(self.smtp_from):
            raise ValueError("THAOGO_SMTP_URL and THAOGO_SMTP_FROM are needed together")
        if bool(self.sms_url) != bool(self.sms_body):
            raise ValueError("THAOGO_SMS_URL and THAOGO_SMS_BODY are needed together")
        return self

    @field_validator("oidc_issuer")
    @classmethod
    def _a_service(cls, value: str | None) -> str | None:
        if value and not value.startswith("https://"):
            raise ValueError("must begin with https://")
        return _address(value, "must begin with https://") if value else None

    @model_validator(mode="after")
    def _sign_in_is_whole(self) -> Self:
        if not any((self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)):
            return self
        if not (self.oidc_issuer and self.oidc_client_id and self.oidc_client_secret):
            raise ValueError("THAOGO_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET go together")
        if not (self.public_url or "").startswith("https://"):
            raise ValueError("THAOGO_OIDC_ISSUER needs THAOGO_PUBLIC_URL=https://… as well")
        return self

    @property
    def zalo_bot_tokens(self) -> tuple[str, ...]:
        """The token of each Zalo bot."""
        return _listed(self.zalo_bot_token)

    @property
    def zalo_bot_secrets(self) -> tuple[str, ...]:
        """The webhook secret of each Zalo bot, in the order of the tokens; none when polling."""
        return _listed(self.zalo_bot_webhook_secret)

    @property
    def database(self) -> str:
        """The database's address; SQLite in the data folder when none is given."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'thaogo.db').as_posix()}"

    @property
    def models(self) -> Path:
        """Where the province's own classifiers lie; see `thaogo learn`."""
        return self.data_dir / "models"


def read_settings(**given: object) -> Settings:
    """Read the environment; `given` wins over it. Raises SettingsError with one clear sentence."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = {name.upper() for name in (*os.environ, *_in_file()) if name.upper().startswith(PREFIX)}
    if unknown := sorted(named - known - FOR_TESTS):
        raise SettingsError(f"Unknown setting {unknown[0]}: see .env.example for those there are.")
    if not named and not given:
        _refuse_elsewhere()
    try:
        return Settings(**given)  # type: ignore[arg-type]  # checked by pydantic just here
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        said = first["msg"].removeprefix("Value error, ")
        if first["type"] in REASONS:
            said = REASONS[first["type"]].format(**first.get("ctx", {}))
        where = f"{name}: " if first["loc"] else ""
        raise SettingsError(f"{where}{said} (see .env.example).") from None
    except UnicodeDecodeError:
        raise SettingsError(".env is not UTF-8: save it so in your editor.") from None


def _in_file() -> set[str]:
    """The names that `.env` of this folder sets, in small letters."""
    try:
        return set(DotEnvSettingsSource(Settings).env_vars)
    except UnicodeDecodeError:
        return set()  # said when the values are read


def _refuse_elsewhere() -> None:
    """Without any setting here, one that stands in the project's folder was meant."""
    if (HOME / ".env").is_file() and not Path(".env").is_file():
        raise SettingsError(f"There is no .env here, but one in {HOME}: start it there, cd {HOME}")


def _listed(value: SecretStr | None) -> tuple[str, ...]:
    """The secrets that stand between commas."""
    text = value.get_secret_value() if value else ""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _parts(url: str) -> SplitResult | None:
    """The parts of an address; None where it cannot be read."""
    try:
        found = urlsplit(url)
        _ = found.port
    except ValueError:
        return None
    return found


def _address(url: str, otherwise: str) -> str:
    """An address of http without a slash at its end; ValueError where it is none."""
    if not url.startswith(("https://", "http://")):
        raise ValueError(otherwise)
    found = _parts(url)
    if found is None or not found.hostname or re.search(r"\s", url):
        raise ValueError("must be a whole address, such as https://thaogo.example")
    if found.query or found.fragment or found.username:
        raise ValueError("must be an address alone, without ?, # or a password")
    return url.rstrip("/")


def address(settings: Settings) -> str:
    """Where people reach the pages."""
    return settings.public_url or f"http://{settings.http_host}:{settings.http_port}"
