"""People who work here, and the roles they hold in a territory."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.enums import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        """A country-wide administrator, made by command when a site is set up."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(email=username.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff or of a maslikhat; signs in by e-mail. Citizens need no account."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language"), max_length=2, default="kk",
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
    )  # fmt: skip
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin asks for it; here the role of administrator decides."""
        from meetings.permissions import is_administrator

        return is_administrator(self)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.email


class AssignmentQuerySet(models.QuerySet):
    def on(self, day):
        """Roles held on that day."""
        return self.filter(
            Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )  # fmt: skip


class Assignment(models.Model):
    """A role held in a unit on certain days; it reaches the unit's subtree.

    Without a unit it reaches the whole country.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    unit = models.ForeignKey(
        "Unit", models.PROTECT, null=True, blank=True, related_name="assignments",
        verbose_name=_("unit"), help_text=_("Empty: the whole country."),
    )  # fmt: skip
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role in a territory")
        verbose_name_plural = _("roles in a territory")
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="assignment_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.unit or '*'}"
