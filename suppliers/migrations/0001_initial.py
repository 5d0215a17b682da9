import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.migrating
import policy.arrivals


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("policy", "0001_foundation"),
    ]

    operations = [
        accounts.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Accreditation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('organization', models.CharField(max_length=10)),
                        ('number', models.CharField(blank=True, max_length=40)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('in_force',),
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('supplier', '='), ('organization', '='), ('in_force', '&&')], name='suppliers_accreditation_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accreditation',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_accreditationevent" ("id", "in_force", "number", "organization", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", NEW."number", NEW."organization", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='7b040e714179e740a019900de854627f2ed5a073', operation='INSERT', pgid='pgtrigger_insert_insert_c6832', table='suppliers_accreditation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accreditation',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_accreditationevent" ("id", "in_force", "number", "organization", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", NEW."number", NEW."organization", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='ba7e71cda208a5185c3980b33ff6c912dba247e8', operation='UPDATE', pgid='pgtrigger_update_update_89723', table='suppliers_accreditation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accreditation',
                    trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'accreditation', affected);\nRETURN NULL;\n", hash='4b4bab1558cea023cfb8833fb101bd3524f281a9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_10d19', table='suppliers_accreditation', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='Enrollment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('in_force',),
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('supplier', '='), ('in_force', '&&')], name='suppliers_enrollment_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enrollment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_enrollmentevent" ("id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='18d903f76fa2e52447ca0c175452613def9a7596', operation='INSERT', pgid='pgtrigger_insert_insert_7225b', table='suppliers_enrollment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enrollment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_enrollmentevent" ("id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='ce6835c7d8537b88cfdde6c984956fefbaecdcd8', operation='UPDATE', pgid='pgtrigger_update_update_bc314', table='suppliers_enrollment', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enrollment',
                    trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'enrollment', affected);\nRETURN NULL;\n", hash='c65f4d11e141e21e3c320a65a0176fdea53d4d8d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_9a886', table='suppliers_enrollment', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='License',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('state', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'A State is two capital letters.')])),
                        ('number', models.CharField(blank=True, max_length=40)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('state', 'in_force'),
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('supplier', '='), ('state', '='), ('number', '='), ('in_force', '&&')], name='suppliers_license_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='license',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_licenseevent" ("id", "in_force", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "state", "supplier_id") VALUES (NEW."id", NEW."in_force", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."state", NEW."supplier_id"); RETURN NULL;', hash='cc299233cb7fc70503d35fbac446fe2ef0c5ffa9', operation='INSERT', pgid='pgtrigger_insert_insert_bcde2', table='suppliers_license', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='license',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_licenseevent" ("id", "in_force", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "state", "supplier_id") VALUES (NEW."id", NEW."in_force", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."state", NEW."supplier_id"); RETURN NULL;', hash='60debd6965766a5c8cc635ed8b5311e724b6c585', operation='UPDATE', pgid='pgtrigger_update_update_5bdd0', table='suppliers_license', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='license',
                    trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'license', affected);\nRETURN NULL;\n", hash='8969d3730cd65529d673268bb4e01f0cbd78713e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_3e2c8', table='suppliers_license', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='PrepaymentReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('in_force',),
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('supplier', '='), ('in_force', '&&')], name='suppliers_prepayment_review_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='prepaymentreview',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_prepaymentreviewevent" ("id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='675b053bc0f7ec432c264a1495e9d1f75ac9c307', operation='INSERT', pgid='pgtrigger_insert_insert_67005', table='suppliers_prepaymentreview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='prepaymentreview',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_prepaymentreviewevent" ("id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='66ebb3567111b2fecd4809e2214a81a407376aca', operation='UPDATE', pgid='pgtrigger_update_update_a804c', table='suppliers_prepaymentreview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='prepaymentreview',
                    trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'prepayment_review', affected);\nRETURN NULL;\n", hash='70e97aab66d7d517076e439ea59eeb34f26f2f3c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_ca62a', table='suppliers_prepaymentreview', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='Revocation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('in_force',),
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('supplier', '='), ('in_force', '&&')], name='suppliers_revocation_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revocation',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_revocationevent" ("id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='8b4a8b2edda2ab93526b18bc5c165ea6cd3ce8d0', operation='INSERT', pgid='pgtrigger_insert_insert_f87a3', table='suppliers_revocation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revocation',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_revocationevent" ("id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='8eea84edb0dedcd2b592675b7ef5bfe840b66bba', operation='UPDATE', pgid='pgtrigger_update_update_57786', table='suppliers_revocation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='revocation',
                    trigger=pgtrigger.compiler.Trigger(name='announce_days', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE affected daterange;', func="\nIF TG_OP = 'INSERT' THEN\n    affected := NEW.in_force;\nELSIF TG_OP = 'DELETE' THEN\n    affected := OLD.in_force;\nELSIF lower(NEW.in_force) IS DISTINCT FROM lower(OLD.in_force)\n      OR to_jsonb(NEW) - ARRAY['in_force', 'source'] <> to_jsonb(OLD) - ARRAY['in_force', 'source'] THEN\n    affected := range_merge(OLD.in_force, NEW.in_force);\nELSIF NEW.in_force <> OLD.in_force THEN\n    affected := daterange(\n        least(upper(OLD.in_force), upper(NEW.in_force)),\n        CASE WHEN upper_inf(OLD.in_force) OR upper_inf(NEW.in_force) THEN NULL\n             ELSE greatest(upper(OLD.in_force), upper(NEW.in_force)) END);\nELSE\n    RETURN NULL;\nEND IF;\nINSERT INTO suppliers_recordarrival (supplier_id, kind, days)\nVALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.supplier_id ELSE NEW.supplier_id END, 'revocation', affected);\nRETURN NULL;\n", hash='e1a48043cda0b306742423b2e7faf81efd1b789a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_announce_days_3db16', table='suppliers_revocation', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='Subcontractor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('name', models.CharField(max_length=120)),
                        ('npi', models.CharField(blank=True, max_length=10, verbose_name='NPI')),
                        ('services', models.CharField(max_length=200)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('name', 'in_force'),
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='subcontractor',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_subcontractorevent" ("id", "in_force", "name", "npi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "services", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", NEW."name", NEW."npi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."services", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='d626bdb0ba1c782539b546d87d9740d08565ac88', operation='INSERT', pgid='pgtrigger_insert_insert_e3d36', table='suppliers_subcontractor', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='subcontractor',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_subcontractorevent" ("id", "in_force", "name", "npi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "services", "source", "supplier_id") VALUES (NEW."id", NEW."in_force", NEW."name", NEW."npi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."services", NEW."source", NEW."supplier_id"); RETURN NULL;', hash='e04ba44dd6dcb0d2e3eb180f386882dda45fba82', operation='UPDATE', pgid='pgtrigger_update_update_b3d69', table='suppliers_subcontractor', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='SupplierEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('npi', models.CharField(max_length=10, validators=[django.core.validators.RegexValidator('^[12]\\d{9}$', 'An NPI has ten digits and begins with 1 or 2.')], verbose_name='NPI')),
                        ('tin', models.CharField(max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'A tax id has nine digits.')], verbose_name='tax id')),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('pharmacy', 'Pharmacy'), ('physician', 'Physician'), ('home_health_agency', 'Home health agency'), ('hospital', 'Hospital'), ('other', 'Other provider or supplier')], max_length=20)),
                        ('specialty', models.CharField(max_length=2, verbose_name='billing specialty')),
                        ('taxonomy', models.CharField(blank=True, max_length=10)),
                        ('address', models.CharField(max_length=120)),
                        ('city', models.CharField(max_length=60)),
                        ('state', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'A State is two capital letters.')])),
                        ('zip', models.CharField(max_length=9, verbose_name='ZIP')),
                        ('submitter_id', models.CharField(blank=True, max_length=15, verbose_name='interchange id of the submitter')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SupplierPerson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('duty', models.CharField(choices=[('administrator', 'Administrator'), ('biller', 'Biller'), ('clinician', 'Clinician'), ('billing_agent', 'Billing agent'), ('program', 'Program with a key')], max_length=20)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='suppliers.supplier')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='supplier_roles', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('former', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_supplier_roles', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'person of a supplier',
                        'verbose_name_plural': 'people of suppliers',
                        'ordering': ('supplier', 'user'),
                        'constraints': [models.UniqueConstraint(fields=('supplier', 'user'), name='suppliers_person_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('former__isnull', True), ('user__isnull', False)), models.Q(('ended_at__isnull', False), ('former__isnull', False), ('user__isnull', True)), _connector='OR'), name='suppliers_person_acts_or_acted')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supplierperson',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_supplierpersonevent" ("duty", "ended_at", "former_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "user_id") VALUES (NEW."duty", NEW."ended_at", NEW."former_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."supplier_id", NEW."user_id"); RETURN NULL;', hash='79a1b4aed2b42dbb1ee8fbd24ec9ec6eef3a4e12', operation='INSERT', pgid='pgtrigger_insert_insert_72a45', table='suppliers_supplierperson', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supplierperson',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_supplierpersonevent" ("duty", "ended_at", "former_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "user_id") VALUES (NEW."duty", NEW."ended_at", NEW."former_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."supplier_id", NEW."user_id"); RETURN NULL;', hash='134cf4929781d17254c5b96d4e62a0075f0edb5f', operation='UPDATE', pgid='pgtrigger_update_update_d1343', table='suppliers_supplierperson', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='SupplierPersonEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('duty', models.CharField(choices=[('administrator', 'Administrator'), ('biller', 'Biller'), ('clinician', 'Clinician'), ('billing_agent', 'Billing agent'), ('program', 'Program with a key')], max_length=20)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.supplierperson')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                        ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('former', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Supplier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('npi', models.CharField(max_length=10, validators=[django.core.validators.RegexValidator('^[12]\\d{9}$', 'An NPI has ten digits and begins with 1 or 2.')], verbose_name='NPI')),
                        ('tin', models.CharField(max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', 'A tax id has nine digits.')], verbose_name='tax id')),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('pharmacy', 'Pharmacy'), ('physician', 'Physician'), ('home_health_agency', 'Home health agency'), ('hospital', 'Hospital'), ('other', 'Other provider or supplier')], max_length=20)),
                        ('specialty', models.CharField(max_length=2, verbose_name='billing specialty')),
                        ('taxonomy', models.CharField(blank=True, max_length=10)),
                        ('address', models.CharField(max_length=120)),
                        ('city', models.CharField(max_length=60)),
                        ('state', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'A State is two capital letters.')])),
                        ('zip', models.CharField(max_length=9, verbose_name='ZIP')),
                        ('submitter_id', models.CharField(blank=True, max_length=15, verbose_name='interchange id of the submitter')),
                    ],
                    options={
                        'ordering': ('name', 'npi'),
                        'constraints': [models.UniqueConstraint(fields=('npi', 'tin'), name='suppliers_npi_and_tin')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supplier',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_supplierevent" ("address", "city", "id", "kind", "name", "npi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "specialty", "state", "submitter_id", "taxonomy", "tin", "zip") VALUES (NEW."address", NEW."city", NEW."id", NEW."kind", NEW."name", NEW."npi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."specialty", NEW."state", NEW."submitter_id", NEW."taxonomy", NEW."tin", NEW."zip"); RETURN NULL;', hash='79db76297e2d2037aa81321b559c574767a18e4a', operation='INSERT', pgid='pgtrigger_insert_insert_2612f', table='suppliers_supplier', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supplier',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_supplierevent" ("address", "city", "id", "kind", "name", "npi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "specialty", "state", "submitter_id", "taxonomy", "tin", "zip") VALUES (NEW."address", NEW."city", NEW."id", NEW."kind", NEW."name", NEW."npi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."specialty", NEW."state", NEW."submitter_id", NEW."taxonomy", NEW."tin", NEW."zip"); RETURN NULL;', hash='2ee02447c6bb6c936fb014b44837ebf552ae8f46', operation='UPDATE', pgid='pgtrigger_update_update_835e2', table='suppliers_supplier', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='supplier',
                    trigger=pgtrigger.compiler.Trigger(name='announce_supplier', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' OR (OLD.npi, OLD.tin, OLD.kind, OLD.specialty) <> (NEW.npi, NEW.tin, NEW.kind, NEW.specialty) THEN\n    INSERT INTO suppliers_recordarrival (supplier_id, kind, days)\n    VALUES (NEW.id, 'supplier', daterange(NULL, NULL));\nEND IF;\nRETURN NULL;\n", hash='802d126764cfb640e1b4a064a1e907eb2154006f', operation='INSERT OR UPDATE', pgid='pgtrigger_announce_supplier_56b0a', table='suppliers_supplier', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='SubcontractorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('name', models.CharField(max_length=120)),
                        ('npi', models.CharField(blank=True, max_length=10, verbose_name='NPI')),
                        ('services', models.CharField(max_length=200)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.subcontractor')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RevocationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.revocation')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PrepaymentReviewEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.prepaymentreview')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='LicenseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('state', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'A State is two capital letters.')])),
                        ('number', models.CharField(blank=True, max_length=40)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.license')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='EnrollmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.enrollment')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AccreditationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('organization', models.CharField(max_length=10)),
                        ('number', models.CharField(blank=True, max_length=40)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='suppliers.accreditation')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RecordArrival',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('supplier', 'The supplier itself'), ('enrollment', 'Enrolment'), ('license', 'Licence'), ('accreditation', 'Accreditation'), ('revocation', 'Revocation of billing privileges'), ('prepayment_review', 'Review before payment')], max_length=20)),
                        ('days', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='record_arrivals', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('arrival',),
                    },
                ),
                migrations.CreateModel(
                    name='ApiKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=40)),
                        ('start', models.CharField(max_length=16)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('expires_at', models.DateTimeField()),
                        ('last_used_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='api_key', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('revoked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_keys', to='suppliers.supplier')),
                    ],
                    options={
                        'verbose_name': 'key of a program',
                        'verbose_name_plural': 'keys of programs',
                        'ordering': ('-made_at', '-pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=365))))), name='suppliers_key_expires_within_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='suppliers_key_revoked_by_someone')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('duty', models.CharField(choices=[('administrator', 'Administrator'), ('biller', 'Biller'), ('clinician', 'Clinician'), ('billing_agent', 'Billing agent'), ('program', 'Program with a key')], max_length=20)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplier', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('-made_at', '-pk'),
                        'constraints': [models.UniqueConstraint(models.F('supplier'), django.db.models.functions.text.Lower('email'), condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), name='suppliers_one_open_invitation'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('withdrawn_at__isnull', True)), _connector='OR'), name='suppliers_invitation_accepted_by_someone')],
                    },
                ),
            ],
        ),
    ]
