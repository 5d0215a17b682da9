"""Settings, read from the environment; without any, everything runs embedded on this machine.

`DATABASE_URL` and `BROKER_URL` point to servers of one's own; when they are absent the embedded ones are used
(`hit_project.embedded`). Names and defaults are listed in `docs/operations.md`.
"""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
import pghistory
from environs import Env
from whitenoise.compress import Compressor

from hit_project.embedded import addresses

# Lets classes of Django be written with their types (`ModelAdmin[Claim]`) at run time too.
django_stubs_ext.monkeypatch()

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("HIT_VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or addresses.secret_key(VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
IS_SERVED_OVER_TLS = env.bool("SERVED_OVER_TLS", False)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "accounts",
    "policy",
    "suppliers",
    "beneficiaries",
    "claims",
    "medical_review",
    "hit_project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.zone.TimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "accounts.access.DenyByDefaultMiddleware",
    "suppliers.access.RightsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "hit_project.urls"
WSGI_APPLICATION = "hit_project.wsgi.application"
FORM_RENDERER = "hit_project.forms.UswdsRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hit_project.frame.frame",
            ],
            "builtins": ["hit_project.templatetags.hit"],
        },
    }
]

DATABASES = {
    # The checks let a request open anew a connection that a restart of the server has ended.
    "default": env.dj_db_url("DATABASE_URL", addresses.database_url(VAR_DIR), conn_max_age=600, conn_health_checks=True)
}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"].setdefault("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Row history is kept in the event tables themselves; who did it comes from the request's context.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

#: Shared by all web processes, which count failed sign-ins in it. A table, so that no other server is needed.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

BROKER_URL = env.str("BROKER_URL", addresses.broker_url(VAR_DIR))
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "adjudicate"
CELERY_TASK_ROUTES = {
    "claims.tasks.receive_*": {"queue": "intake"},
    "claims.tasks.tell_*": {"queue": "letters"},
    "claims.tasks.deliver_*": {"queue": "letters"},
    "medical_review.tasks.work_letters": {"queue": "letters"},
}
CELERY_TIMEZONE = "America/New_York"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["suppliers.access.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "accounts.adapter.EncryptingMfaAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]

SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = IS_SERVED_OVER_TLS
CSRF_COOKIE_SECURE = IS_SERVED_OVER_TLS
SECURE_SSL_REDIRECT = IS_SERVED_OVER_TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_SERVED_OVER_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SERVED_OVER_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "microphone", "geolocation", "payment", "usb")
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "suppliers.access.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["suppliers.access.RightPermission"],
    "DEFAULT_THROTTLE_CLASSES": ["suppliers.access.KeyThrottle"],
    # Who asks is told by the proxies that are trusted; what a sender writes into the header counts for nothing.
    "NUM_PROXIES": env.int("TRUSTED_PROXY_COUNT", 0),
    "DEFAULT_THROTTLE_RATES": {
        "key": env.str("API_KEY_RATE", "300/min"),
        "public": env.str("PUBLIC_RATE", "120/min"),
    },
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Home Infusion Claims",
    "VERSION": "0.1.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.description.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "NoticeKindEnum": "claims.models.notice.NoticeKind",
        "AnswerKindEnum": "claims.models.file.Acknowledgement.Kind",
    },
    # The page has its own frame, so Swagger draws the operations alone; with deep links it would put links in buttons.
    "SWAGGER_UI_SETTINGS": {"layout": "operations", "deepLinking": False},
}

LANGUAGE_CODE = "en-us"
USE_I18N = False
DATE_INPUT_FORMATS = ["%m/%d/%Y", "%Y-%m-%d"]
USE_TZ = True
TIME_ZONE = "UTC"
#: Where mail is handed over, "smtp+tls://user:password@host:587"; without it mail is kept as files in `var/mail`.
vars().update(env.dj_email_url("EMAIL_URL", f"file:/{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "home-infusion-claims@localhost")

#: Where people reach the system; mails name it.
SITE_ADDRESS = env.str("SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
#: Webhooks go to public addresses only; networks of one's own that they may reach too ("10.8.0.0/16"), and the
#: certificates that they trust beside the system's.
WEBHOOK_NETWORKS: list[str] = env.list("WEBHOOK_NETWORKS", [])
WEBHOOK_CERTIFICATES = env.str("WEBHOOK_CERTIFICATES", "")

#: The zone of the business date and of times on screens.
BUSINESS_TIME_ZONE = env.str("BUSINESS_TIME_ZONE", "America/New_York")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
#: Pages name files by their hashed names alone; maps of minified scripts are read by nobody who waits.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "hit_project.storage.WholeFiles"},
    "staticfiles": {"BACKEND": env.str("STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

#: The contractor this installation is: name, identifiers of its interchanges, its address on remittances.
CONTRACTOR = {
    "name": env.str("CONTRACTOR_NAME", "EXAMPLE MAC JL"),
    "interchange_qualifier": env.str("CONTRACTOR_INTERCHANGE_QUALIFIER", "ZZ"),
    "interchange_id": env.str("CONTRACTOR_INTERCHANGE_ID", "12302"),
    "number": env.str("CONTRACTOR_NUMBER", "12302"),
    "tax_id": env.str("CONTRACTOR_TAX_ID", "521234567"),
    "address": env.str("CONTRACTOR_ADDRESS", "1 MEDICARE WAY"),
    "city": env.str("CONTRACTOR_CITY", "BALTIMORE"),
    "state": env.str("CONTRACTOR_STATE", "MD"),
    "zip": env.str("CONTRACTOR_ZIP", "21244"),
    "telephone": env.str("CONTRACTOR_TELEPHONE", "8005550199"),
    "bank_routing": env.str("CONTRACTOR_BANK_ROUTING", "021000021"),
    "bank_account": env.str("CONTRACTOR_BANK_ACCOUNT", "123456"),
}
#: From which age, in minutes or days, the sweep takes something for stuck (`claims/sweep.py`).
SWEEP = {
    "queued_minutes": env.int("SWEEP_QUEUED_MINUTES", 15),
    "receiving_minutes": env.int("SWEEP_RECEIVING_MINUTES", 15),
    "outbox_minutes": env.int("SWEEP_OUTBOX_MINUTES", 15),
    "request_minutes": env.int("SWEEP_REQUEST_MINUTES", 60),
    "look_days": env.int("SWEEP_LOOK_DAYS", 1),
    "approved_days": env.int("SWEEP_APPROVED_DAYS", 1),
    "payment_days": env.int("SWEEP_PAYMENT_DAYS", 3),
    "proposal_days": env.int("SWEEP_PROPOSAL_DAYS", 14),
}
#: Where clamd scans documents, "unix:/run/clamav/clamd.ctl" or "tcp:host:3310"; empty: documents are not scanned.
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", "")
CLAMAV_SECONDS = env.int("CLAMAV_SECONDS", 60)
#: Marks every page as a demonstration with synthetic data.
IS_DEMONSTRATION = env.bool("DEMONSTRATION", True)
#: Whether everybody must set up a second step of signing in before they reach anything else.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", not IS_DEMONSTRATION)
#: What a collector of metrics sends as its bearer token; without one only administrators read them.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "formatters": {"plain": {"()": "hit_project.logs.formatter"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {"django_structlog": {"level": "WARNING"}},
}
