import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0003_change_sets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('known', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('source', models.CharField(max_length=300)),
                ('basis', models.CharField(choices=[('published', 'Published'), ('estimated', 'Estimated'), ('inferred', 'Inferred')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('predecessor', models.CharField(max_length=5, verbose_name='code before')),
                ('successor', models.CharField(max_length=5, verbose_name='code after')),
                ('published_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policy.publication')),
                ('superseded_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policy.publication')),
            ],
            options={
                'verbose_name': 'succession of codes',
                'verbose_name_plural': 'successions of codes',
                'ordering': ('predecessor', 'successor', 'in_force'),
            },
        ),
        migrations.CreateModel(
            name='CodeSuccessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('known', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('source', models.CharField(max_length=300)),
                ('basis', models.CharField(choices=[('published', 'Published'), ('estimated', 'Estimated'), ('inferred', 'Inferred')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('predecessor', models.CharField(max_length=5, verbose_name='code before')),
                ('successor', models.CharField(max_length=5, verbose_name='code after')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='policy.codesuccession')),
                ('published_in', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='policy.publication')),
                ('superseded_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='policy.publication')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KeptCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, max_length=300)),
                ('cites', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField()),
                ('is_retired', models.BooleanField(default=False)),
                ('reason', models.CharField(max_length=500)),
                ('saved_at', models.DateTimeField()),
                ('change_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='policy.changeset')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('name', '-version'),
            },
        ),
        migrations.CreateModel(
            name='KeptCaseRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publication', models.PositiveIntegerField()),
                ('ran_at', models.DateTimeField()),
                ('differences', models.JSONField(default=list)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='policy.keptcase')),
                ('ran_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-ran_at', '-pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='codesuccession',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('predecessor', '='), ('successor', '='), ('in_force', '&&'), ('known', '&&')], name='policy_succession_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='codesuccession',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['published', 'estimated', 'inferred'])), name='policy_succession_basis'),
        ),
        migrations.AddConstraint(
            model_name='codesuccession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='policy_succession_of_another'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codesuccession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "policy_codesuccessionevent" ("basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor", "published_in_id", "source", "successor", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."predecessor", NEW."published_in_id", NEW."source", NEW."successor", NEW."superseded_in_id"); RETURN NULL;', hash='f5d673c91bf5ea99a682fabcac141cf99e64f4a5', operation='INSERT', pgid='pgtrigger_insert_insert_3b14e', table='policy_codesuccession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codesuccession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "policy_codesuccessionevent" ("basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor", "published_in_id", "source", "successor", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."predecessor", NEW."published_in_id", NEW."source", NEW."successor", NEW."superseded_in_id"); RETURN NULL;', hash='6d257cbd948a2543e76b7c1311f8cb5869c5a92c', operation='UPDATE', pgid='pgtrigger_update_update_c3c1e', table='policy_codesuccession', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='keptcase',
            constraint=models.UniqueConstraint(fields=('name', 'version'), name='policy_kept_case_version_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptcase',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='71989c4482cb0a6dd2953a78e08007a978f43873', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_021e7', table='policy_keptcase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptcase',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='e2111b8a662d3512f59406efd3f7c142147c9bec', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_e3772', table='policy_keptcase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptcaserun',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='a6d19dcb60d9bfa39e0beb76528da4589fe34814', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4461b', table='policy_keptcaserun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keptcaserun',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='95b8794145c5eb0da9915b91614b26aa22643b97', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_b0281', table='policy_keptcaserun', when='BEFORE')),
        ),
    ]
