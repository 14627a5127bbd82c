"""Settings of the site: one file, safe by default, each value from the environment (README)."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from akimat import logs
from akimat.env import (
    database,
    env,
    env_bool,
    env_int,
    queue,
    require_fresh_zone,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("AKIMAT_DATA_DIR", default=str(BASE_DIR / "var")))

PRODUCTION = env_bool("AKIMAT_PRODUCTION", default=False)
DEBUG = env_bool("AKIMAT_DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("AKIMAT_DEBUG=1 shows the insides of the site; not in production.")

SECRET_KEY = secret_key(DATA_DIR, production=PRODUCTION)
SITE_URL = env.str("AKIMAT_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_DOMAIN = SITE_URL.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]
# What the UIDs of calendar entries end in: it stays when the site moves to another address, else
# every subscriber would get each meeting a second time.
UID_DOMAIN = env.str("AKIMAT_UID_DOMAIN", default=SITE_DOMAIN)
ALLOWED_HOSTS = env.list(
    "AKIMAT_HOSTS", default=[SITE_DOMAIN] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# What seals names and contacts of citizens at rest; the first writes, all read.
PERSONAL_KEYS = env.list("AKIMAT_PERSONAL_KEYS", default=[])
if any(len(key) < 40 for key in PERSONAL_KEYS):
    raise ImproperlyConfigured("A key in AKIMAT_PERSONAL_KEYS is too short; give 40 characters.")

# Our own house settings.
SHOW_DEMO_SIGN_INS = env_bool("AKIMAT_SHOW_DEMO_SIGN_INS", default=False)
if PRODUCTION and SHOW_DEMO_SIGN_INS:
    raise ImproperlyConfigured("AKIMAT_SHOW_DEMO_SIGN_INS=1 tells passwords; not in production.")
REQUIRE_SECOND_FACTOR = env_bool("AKIMAT_REQUIRE_SECOND_FACTOR", default=PRODUCTION)
BEHIND_PROXY = env_bool("AKIMAT_BEHIND_PROXY", default=False)
CANCELLED_KEPT_DAYS = 30
# Within an hour: codes sent to one e-mail address, and asked for from one network address.
CODES_TO_ADDRESS = env_int("AKIMAT_CODES_TO_ADDRESS", default=5, least=1)
CODES_FROM_VISITOR = env_int("AKIMAT_CODES_FROM_VISITOR", default=30, least=1)
# A meeting takes questions until so many hours before it begins.
QUESTIONS_CLOSE_HOURS = env_int("AKIMAT_QUESTIONS_CLOSE_HOURS", default=0)
# Texts that one phone may send to one meeting, and one network within ten minutes; voices that one
# network may give to one question: a hall with its own Wi-Fi comes from one address.
HALL_TEXTS_FROM_DEVICE = env_int("AKIMAT_HALL_TEXTS_FROM_DEVICE", default=5, least=1)
HALL_TEXTS_FROM_NETWORK = env_int("AKIMAT_HALL_TEXTS_FROM_NETWORK", default=60, least=1)
HALL_VOICES_FROM_NETWORK = env_int("AKIMAT_HALL_VOICES_FROM_NETWORK", default=200, least=1)
# Days within which a question is owed an answer that says how it will be solved [house].
ANSWER_DAYS = env_int("AKIMAT_ANSWER_DAYS", default=10, least=1)
# The desk proposes a meeting where so many open questions of one topic came from one place within
# so many days [house].
PROPOSE_MEETING_QUESTIONS = env_int("AKIMAT_PROPOSE_MEETING_QUESTIONS", default=10, least=2)
PROPOSE_MEETING_DAYS = env_int("AKIMAT_PROPOSE_MEETING_DAYS", default=90, least=1)
# A protocol that is not public so many days after its meeting is missing [house].
PROTOCOL_DAYS = env_int("AKIMAT_PROTOCOL_DAYS", default=5, least=1)
# How long what is kept (appeals/services/retention.py), in days: names, contacts and marks of those
# who asked, supported or booked; texts that only the office read, private files and secret links of
# what was dealt with; what nobody confirmed; letters that were done with; what tells the telephones
# of a hall apart.
PERSONS_KEPT_DAYS = env_int("AKIMAT_PERSONS_KEPT_DAYS", default=1096, least=30)
TEXTS_KEPT_DAYS = env_int("AKIMAT_TEXTS_KEPT_DAYS", default=1096, least=30)
UNCONFIRMED_KEPT_DAYS = env_int("AKIMAT_UNCONFIRMED_KEPT_DAYS", default=2, least=1)
LETTERS_KEPT_DAYS = env_int("AKIMAT_LETTERS_KEPT_DAYS", default=400, least=30)
HALL_KEPT_DAYS = env_int("AKIMAT_HALL_KEPT_DAYS", default=30, least=1)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "akimat.apps.AdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "huey.contrib.djhuey",
    "meetings",
    "appeals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "akimat.middleware.BoundsMiddleware",
    "akimat.middleware.UnchangedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "akimat.middleware.VisitorMiddleware",
    "akimat.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "akimat.middleware.PrivateMiddleware",
    "akimat.middleware.FormsAloneMiddleware",
    "akimat.middleware.SecondFactorMiddleware",
    "akimat.busy.BusyMiddleware",
]

ROOT_URLCONF = "akimat.urls"
WSGI_APPLICATION = "akimat.wsgi.application"

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
                "akimat.context.page",
            ],
        },
    },
]

DATABASES = {"default": database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://akimat")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "akimat.cache.ForgivingRedisCache"

# People and sessions.
AUTH_USER_MODEL = "meetings.User"
# One backend, so that a wrong password costs one hash whether the account exists or not.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "akimat.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "meetings.forms.accounts.LoginForm",
    "change_password": "meetings.forms.accounts.ChangePasswordForm",
    "reset_password": "meetings.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "meetings.forms.accounts.ResetPasswordKeyForm",
    "reauthenticate": "meetings.forms.accounts.ReauthenticateForm",
}
# Django's own: allauth's keeps a second table of addresses, where a changed e-mail would live on.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A letter goes out for unknown addresses too: the answer takes the same time.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
# The visitor's address is the last one that our own proxy wrote.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "akimat.accounts.MfaAdapter"
MFA_FORMS = {
    "authenticate": "meetings.forms.accounts.AuthenticateForm",
    "reauthenticate": "meetings.forms.accounts.ReauthenticateByCodeForm",
    "activate_totp": "meetings.forms.accounts.ActivateTOTPForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Akimat"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "akimat.views.csrf_failure"

# What travels.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    require_fresh_zone("Asia/Almaty")
    SESSION_COOKIE_NAME = "__Host-akimat"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Three photos or documents of 10 MB, or one workbook of 16 MB, and what is typed beside them.
LARGEST_REQUEST = 34 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Language and time.
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "akimat" / "locale"]
FORMAT_MODULE_PATH = ["akimat.formats"]
USE_I18N = True
TIME_ZONE = "Asia/Almaty"
USE_TZ = True

# Files of the interface.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A page must open before `collectstatic` too (tests, first start).
WHITENOISE_MANIFEST_STRICT = False
MEDIA_ROOT = DATA_DIR / "media"

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Mail: a visible mailbox of files on one's own machine. Letters wait in the outbox, a table; the
# worker drains it (manage.py run_worker), woken through a queue of its own.
if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email("EMAIL_URL"))
    if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "akimat.smtp.SmtpBackend"
else:
    EMAIL_BACKEND = "akimat.mail.MailboxBackend"
MAILBOX = DATA_DIR / "mail"
# The mailbox of the demo is a page of the site: never where real letters lie.
SHOW_MAILBOX = SHOW_DEMO_SIGN_INS and "EMAIL_URL" not in env.ENVIRON
QUEUE_URL = env.str("AKIMAT_QUEUE_URL", default="")
HUEY = queue(DATA_DIR, QUEUE_URL)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("AKIMAT_MAIL_FROM", default=f"akimat@{SITE_DOMAIN}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Links that open something by themselves never stand in a log.
logs.watch()
# With DEBUG off Django writes no traceback anywhere unless told to.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "akimat.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "akimat": {"level": env.str("AKIMAT_LOG_LEVEL", default="INFO"), "propagate": True},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
