"""The sequences of `claims.sequences`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE interchange_control_number MAXVALUE 999999999 CYCLE",
            "DROP SEQUENCE interchange_control_number",
        ),
        migrations.RunSQL("CREATE SEQUENCE payment_trace_number", "DROP SEQUENCE payment_trace_number"),
        migrations.RunSQL("CREATE SEQUENCE icn_number", "DROP SEQUENCE icn_number"),
    ]
