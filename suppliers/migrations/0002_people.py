"""People of an organization, invited and changed by its own administrators; keys of its programs."""

import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('suppliers', '0001_initial'),
        ('accounts', '0003_organizations'),
    ]

    operations = [
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
            ],
            options={
                'verbose_name': 'key of a program',
                'verbose_name_plural': 'keys of programs',
                'ordering': ('-made_at', '-pk'),
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
            ],
            options={
                'ordering': ('-made_at', '-pk'),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='supplierperson',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='supplierperson',
            name='update_update',
        ),
        migrations.AddField(
            model_name='supplierperson',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='supplierperson',
            name='former',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_supplier_roles', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supplierpersonevent',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='supplierpersonevent',
            name='former',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='supplierperson',
            name='duty',
            field=models.CharField(choices=[('administrator', 'Administrator'), ('biller', 'Biller'), ('clinician', 'Clinician'), ('billing_agent', 'Billing agent'), ('program', 'Program with a key')], max_length=20),
        ),
        migrations.AlterField(
            model_name='supplierperson',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='supplier_roles', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='supplierpersonevent',
            name='duty',
            field=models.CharField(choices=[('administrator', 'Administrator'), ('biller', 'Biller'), ('clinician', 'Clinician'), ('billing_agent', 'Billing agent'), ('program', 'Program with a key')], max_length=20),
        ),
        migrations.AlterField(
            model_name='supplierpersonevent',
            name='user',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplierperson',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "suppliers_supplierpersonevent" ("duty", "ended_at", "former_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "user_id") VALUES (NEW."duty", NEW."ended_at", NEW."former_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."supplier_id", NEW."user_id"); RETURN NULL;', hash='79a1b4aed2b42dbb1ee8fbd24ec9ec6eef3a4e12', operation='INSERT', pgid='pgtrigger_insert_insert_72a45', table='suppliers_supplierperson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supplierperson',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "suppliers_supplierpersonevent" ("duty", "ended_at", "former_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplier_id", "user_id") VALUES (NEW."duty", NEW."ended_at", NEW."former_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."supplier_id", NEW."user_id"); RETURN NULL;', hash='134cf4929781d17254c5b96d4e62a0075f0edb5f', operation='UPDATE', pgid='pgtrigger_update_update_d1343', table='suppliers_supplierperson', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='supplierperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('former__isnull', True), ('user__isnull', False)), models.Q(('ended_at__isnull', False), ('former__isnull', False), ('user__isnull', True)), _connector='OR'), name='suppliers_person_acts_or_acted'),
        ),
        migrations.AddField(
            model_name='apikey',
            name='account',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='api_key', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apikey',
            name='made_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apikey',
            name='revoked_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apikey',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_keys', to='suppliers.supplier'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='made_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='supplier',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='suppliers.supplier'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(dt.timedelta(days=365))))), name='suppliers_key_expires_within_a_year'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='suppliers_key_revoked_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(models.F('supplier'), django.db.models.functions.text.Lower('email'), condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), name='suppliers_one_open_invitation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('withdrawn_at__isnull', True)), _connector='OR'), name='suppliers_invitation_accepted_by_someone'),
        ),
    ]
