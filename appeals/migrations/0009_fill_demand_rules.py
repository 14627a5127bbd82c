"""The house figures of demands, one row a kind of unit."""

from django.db import migrations

# Kind of unit: voices, days open, working days to answer.
ROWS = {
    "village": (30, 30, 10), "village_admin": (30, 30, 10), "settlement": (30, 30, 10),
    "settlement_admin": (30, 30, 10), "place": (30, 30, 10),
    "okrug": (50, 30, 10), "microdistrict": (50, 30, 10),
    "district_city": (100, 30, 10), "district_city_admin": (100, 30, 10),
    "district": (200, 60, 10), "oblast_city": (200, 60, 10), "city_proper": (200, 60, 10),
    "city_district": (200, 60, 10), "city_district_admin": (200, 60, 10),
    "oblast": (1000, 90, 10), "republic_city": (1000, 90, 10),
}


def fill(apps, schema_editor):
    rule = apps.get_model("appeals", "DemandRule")
    rule.objects.bulk_create(
        [
            rule(kind=kind, voices=voices, open_days=opened, answer_days=answer)
            for kind, (voices, opened, answer) in ROWS.items()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [("appeals", "0008_demands")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
