import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("claims", "0005_money")]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=63)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=63), size=None)),
                ('first_id', models.BigIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('row_count', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256 of the rows')),
                ('leaves', models.BinaryField()),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='chain of the seal before')),
                ('chain', models.CharField(max_length=64, verbose_name='SHA-256 of the seal and all before it')),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('table', 'first_id'), name='claims_range_sealed_once'), models.CheckConstraint(condition=models.Q(('last_id__gte', models.F('first_id'))), name='claims_seal_has_ids')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seal',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='3bfc9d08f3ff57294ce600ad3dceb699197c5fd2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76a21', table='claims_seal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seal',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='4cc4a34d3243090afaf8a68d705c664ca48ca016', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_bcf2c', table='claims_seal', when='BEFORE')),
        ),
        # How many seals were ever made, kept apart from them: so that it is seen when the last ones are gone.
        migrations.RunSQL(
            "CREATE SEQUENCE claims_seals_made MINVALUE 0 START 0 OWNED BY claims_seal.number",
            "DROP SEQUENCE claims_seals_made",
        ),
    ]
