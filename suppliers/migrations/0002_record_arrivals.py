import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import policy.arrivals


class Migration(migrations.Migration):

    dependencies = [
        ('suppliers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordArrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('supplier', 'The supplier itself'), ('enrollment', 'Enrolment'), ('license', 'Licence'), ('accreditation', 'Accreditation'), ('revocation', 'Revocation of billing privileges'), ('prepayment_review', 'Review before payment')], max_length=20)),
                ('days', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ('arrival',),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accreditation',
            trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'accreditation', affected);\nRETURN NULL;\n", hash='4b4bab1558cea023cfb8833fb101bd3524f281a9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_10d19', table='suppliers_accreditation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enrollment',
            trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'enrollment', affected);\nRETURN NULL;\n", hash='c65f4d11e141e21e3c320a65a0176fdea53d4d8d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_9a886', table='suppliers_enrollment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='license',
            trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'license', affected);\nRETURN NULL;\n", hash='8969d3730cd65529d673268bb4e01f0cbd78713e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_3e2c8', table='suppliers_license', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prepaymentreview',
            trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'prepayment_review', affected);\nRETURN NULL;\n", hash='70e97aab66d7d517076e439ea59eeb34f26f2f3c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_ca62a', table='suppliers_prepaymentreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revocation',
            trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'revocation', affected);\nRETURN NULL;\n", hash='e1a48043cda0b306742423b2e7faf81efd1b789a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_3db16', table='suppliers_revocation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplier',
            trigger=pgtrigger.compiler.Trigger(name='announce_supplier', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' OR (OLD.npi, OLD.tin, OLD.kind, OLD.specialty) <> (NEW.npi, NEW.tin, NEW.kind, NEW.specialty) THEN\n    INSERT INTO suppliers_recordarrival (supplier_id, kind, days)\n    VALUES (NEW.id, 'supplier', daterange(NULL, NULL));\nEND IF;\nRETURN NULL;\n", hash='802d126764cfb640e1b4a064a1e907eb2154006f', operation='INSERT OR UPDATE', pgid='pgtrigger_announce_supplier_56b0a', table='suppliers_supplier', when='AFTER')),
        ),
        migrations.AddField(
            model_name='recordarrival',
            name='supplier',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='record_arrivals', to='suppliers.supplier'),
        ),
    ]
