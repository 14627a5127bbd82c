"""Settings of the site: one file, safe by default, each value from the environment (README)."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from akimat.env import database, env, env_bool, require_fresh_zone, secret_key

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

# Our own house settings.
SHOW_DEMO_SIGN_INS = env_bool("AKIMAT_SHOW_DEMO_SIGN_INS", default=False)
if PRODUCTION and SHOW_DEMO_SIGN_INS:
    raise ImproperlyConfigured("AKIMAT_SHOW_DEMO_SIGN_INS=1 tells passwords; not in production.")
REQUIRE_SECOND_FACTOR = env_bool("AKIMAT_REQUIRE_SECOND_FACTOR", default=PRODUCTION)
BEHIND_PROXY = env_bool("AKIMAT_BEHIND_PROXY", default=False)
CANCELLED_KEPT_DAYS = 30

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
    "akimat.middleware.SecondFactorMiddleware",
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

# Mail: a visible mailbox of files on one's own machine.
if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("AKIMAT_MAIL_FROM", default=f"akimat@{SITE_DOMAIN}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# With DEBUG off Django writes no traceback anywhere unless told to.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "akimat": {"level": env.str("AKIMAT_LOG_LEVEL", default="INFO"), "propagate": True},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
