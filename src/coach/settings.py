"""Every setting of the product, read once from the environment and `.agent.env`."""

import difflib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from coach.errors import CoachError

ENV_FILE = Path(".agent.env")


def _has_scheme(url: str, schemes: tuple[str, ...]) -> str:
    scheme, separator, rest = url.partition("://")
    if scheme not in schemes or not separator or not rest.strip("/"):
        raise ValueError(f"must start with {' or '.join(f'{s}://' for s in schemes)}")
    return url.rstrip("/")


def _livekit_url(url: str) -> str:
    return _has_scheme(url, ("ws", "wss", "http", "https"))


def _http_url(url: str) -> str:
    return _has_scheme(url, ("http", "https"))


LivekitUrl = Annotated[str, AfterValidator(_livekit_url)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]
AccessKey = Annotated[SecretStr, Field(min_length=16)]
Identity = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[\w.\-]+$")]


class Settings(BaseSettings):
    """One frozen object, made in the command line and handed down."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    livekit_url: LivekitUrl | None = None
    livekit_api_key: str | None = None
    livekit_api_secret: SecretStr | None = None

    openai_api_key: SecretStr | None = None
    openai_base_url: HttpUrl | None = None
    stt_base_url: HttpUrl | None = None
    stt_api_key: SecretStr | None = None
    llm_base_url: HttpUrl | None = None
    llm_api_key: SecretStr | None = None
    stt_model: str = "whisper-1"
    llm_model: str = "gpt-4o-mini"
    fallback_stt_api_key: SecretStr | None = None
    fallback_stt_base_url: HttpUrl | None = None
    fallback_stt_model: str = ""
    fallback_llm_api_key: SecretStr | None = None
    fallback_llm_base_url: HttpUrl | None = None
    fallback_llm_model: str = ""

    system_prompt: str | None = None
    system_prompt_file: Path | None = None

    speech_language: str = ""
    hint_language: str = ""

    coach_pause_seconds: float = Field(default=1.2, ge=0.2, le=5)

    coach_max_sessions: int = Field(default=8, ge=1)
    coach_worker_sessions: int = Field(default=25, ge=0)
    coach_executor: Literal["thread", "process"] = "thread"
    coach_drain_seconds: int = Field(default=40, ge=0, le=86_400)
    session_max_minutes: float = Field(default=180, gt=0)
    session_max_participants: int = Field(default=4, ge=2)
    session_max_calls_per_minute: int = Field(default=20, ge=1)
    session_max_cost: float = Field(default=5, gt=0)
    stt_price_per_minute: float = Field(default=0.006, ge=0)
    llm_price_per_million_in: float = Field(default=0.15, ge=0)
    llm_price_per_million_out: float = Field(default=0.60, ge=0)

    partner_id: Identity = "partner"
    facilitator_id: Identity = "facilitator"
    coach_room: Identity = "no-bad-parts"

    coach_port: int = Field(default=8080, ge=1, le=65535)
    coach_worker_port: int | None = Field(default=None, ge=1, le=65535)
    coach_public_url: HttpUrl | None = None
    coach_client_address_header: str = ""

    coach_access_key: AccessKey | None = None
    coach_facilitators: str = ""
    oidc_issuer: HttpUrl | None = None
    oidc_audience: str = "authenticated"
    oidc_jwks_url: HttpUrl | None = None
    supabase_url: HttpUrl | None = None
    supabase_publishable_key: str = ""

    metrics_token: AccessKey | None = None
    otel_exporter_otlp_endpoint: HttpUrl | None = None
    otel_exporter_otlp_headers: SecretStr | None = None
    log_format: Literal["text", "json"] | None = None

    coach_home: Folder = Field(default_factory=lambda: user_data_path("coach", appauthor=False))
    livekit_release_url: HttpUrl = "https://github.com/livekit/livekit/releases/download"
    database_url: SecretStr | None = None
    coach_store_keys: SecretStr | None = None
    retention_days: int = Field(default=0, ge=0, le=3650)

    @model_validator(mode="after")
    def _identities_differ(self) -> Self:
        if self.partner_id == self.facilitator_id:
            raise ValueError("PARTNER_ID and FACILITATOR_ID must differ")
        return self

    @model_validator(mode="after")
    def _fallbacks_have_keys(self) -> Self:
        for part in ("stt", "llm"):
            url = getattr(self, f"fallback_{part}_base_url")
            named = url or getattr(self, f"fallback_{part}_model")
            if named and not getattr(self, f"fallback_{part}_api_key"):
                raise ValueError(
                    f"FALLBACK_{part.upper()}_API_KEY is missing (any word will do "
                    "for a service without keys)"
                )
        return self

    @model_validator(mode="after")
    def _facilitators_are_listed(self) -> Self:
        if self.has_openid() and not self.facilitators():
            raise ValueError("COACH_FACILITATORS must list who may sign in, as addresses or ids")
        return self

    @model_validator(mode="after")
    def _supabase_has_its_key(self) -> Self:
        if self.supabase_url and not self.supabase_publishable_key:
            raise ValueError("SUPABASE_PUBLISHABLE_KEY is missing: without it no link can be sent")
        return self

    @model_validator(mode="after")
    def _headers_are_pairs(self) -> Self:
        if not all(self.otlp_headers()):
            raise ValueError("OTEL_EXPORTER_OTLP_HEADERS must be name=value, with commas between")
        return self

    def otlp_headers(self) -> dict[str, str]:
        """What the collector of traces wants to see in each request."""
        given = self.otel_exporter_otlp_headers
        pairs = given.get_secret_value().split(",") if given else []
        parted = (pair.partition("=") for pair in pairs)
        return {name.strip() if sign else "": value.strip() for name, sign, value in parted}

    def language_of_hints(self) -> str:
        """As a language tag; English where nobody has named another."""
        return self.hint_language or self.speech_language or "en"

    def has_openid(self) -> bool:
        """Whether facilitators sign in with an OpenID provider, Supabase or another."""
        return self.oidc_issuer is not None or self.supabase_url is not None

    def has_sign_in(self) -> bool:
        """Whether there is any way for a facilitator to sign in."""
        return self.coach_access_key is not None or self.has_openid()

    def facilitators(self) -> frozenset[str]:
        """Who may sign in with the OpenID provider: e-mail addresses or subjects, lower case."""
        names = (name.strip().lower() for name in self.coach_facilitators.split(","))
        return frozenset(filter(None, names))

    def has_provider_keys(self) -> bool:
        """Whether both speech and language service have a key."""
        return bool(self.openai_api_key or (self.stt_api_key and self.llm_api_key))

    def environment(self) -> dict[str, str]:
        """These settings as a child process reads them."""
        return {
            name.upper(): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in self
            if value is not None
        }

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what `load` read from `.agent.env`; nothing else is read."""
        return env_settings, init_settings


def load(env_file: Path = ENV_FILE) -> Settings:
    """Read the process environment first and `env_file` second.

    Raises CoachError that names an unknown key with its nearest known one, or every invalid value.
    """
    values = _read_env_file(env_file)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise CoachError(
            f"invalid settings: {_problems(error)}",
            f"correct them in the environment or in {env_file}; .agent.env.example explains each",
        ) from None


def _read_env_file(env_file: Path) -> dict[str, Any]:
    if not env_file.is_file():
        return {}
    try:
        content = dotenv_values(env_file, interpolate=False)
    except (OSError, UnicodeDecodeError):
        raise CoachError(
            f"{env_file} can't be read", "check that it is a text file that you own"
        ) from None
    return {_known(key, env_file): value for key, value in content.items() if value}


def _known(key: str, env_file: Path) -> str:
    name = key.lower()
    if name in Settings.model_fields:
        return name
    nearest = difflib.get_close_matches(name, Settings.model_fields, n=1, cutoff=0.0)
    raise CoachError(
        f"unknown setting {key} in {env_file}",
        f"did you mean {nearest[0].upper()}? .agent.env.example lists every setting",
    )


def _problems(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in item['loc']).upper()} {item['msg']}".strip()
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    )
