import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
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
        ("suppliers", "0001_initial"),
    ]

    operations = [
        accounts.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ApplicableProvider',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('npi', models.CharField(max_length=10, verbose_name='NPI')),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('MD', 'MD'), ('DO', 'DO'), ('NP', 'NP'), ('PA', 'PA')], max_length=2)),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'ordering': ('in_force',),
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='applicableprovider',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_applicableproviderevent" ("arrival", "beneficiary_id", "id", "in_force", "kind", "name", "npi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."arrival", NEW."beneficiary_id", NEW."id", NEW."in_force", NEW."kind", NEW."name", NEW."npi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='714e78afc2f7fd9ef1720dbeb9d2ac868c0a6d3e', operation='INSERT', pgid='pgtrigger_insert_insert_87e33', table='beneficiaries_applicableprovider', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='applicableprovider',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_applicableproviderevent" ("arrival", "beneficiary_id", "id", "in_force", "kind", "name", "npi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."arrival", NEW."beneficiary_id", NEW."id", NEW."in_force", NEW."kind", NEW."name", NEW."npi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='ec009de9f756b8844881bffa523dec298b88328a', operation='UPDATE', pgid='pgtrigger_update_update_f47d0', table='beneficiaries_applicableprovider', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='BeneficiaryAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('address', models.CharField(max_length=120)),
                        ('city', models.CharField(max_length=60)),
                        ('state', models.CharField(max_length=2)),
                        ('zip', models.CharField(max_length=9, verbose_name='ZIP')),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'verbose_name_plural': 'beneficiary addresses',
                        'ordering': ('in_force',),
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiaryaddress',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_beneficiaryaddressevent" ("address", "arrival", "beneficiary_id", "city", "id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "state", "zip") VALUES (NEW."address", NEW."arrival", NEW."beneficiary_id", NEW."city", NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."state", NEW."zip"); RETURN NULL;', hash='817f450ef05d9446dbe17eac88bcaa01abcc8a09', operation='INSERT', pgid='pgtrigger_insert_insert_64002', table='beneficiaries_beneficiaryaddress', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiaryaddress',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_beneficiaryaddressevent" ("address", "arrival", "beneficiary_id", "city", "id", "in_force", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "state", "zip") VALUES (NEW."address", NEW."arrival", NEW."beneficiary_id", NEW."city", NEW."id", NEW."in_force", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."state", NEW."zip"); RETURN NULL;', hash='42869b6b0d8098670ccc82695c6f9449bff2e723', operation='UPDATE', pgid='pgtrigger_update_update_c58b5', table='beneficiaries_beneficiaryaddress', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='BeneficiaryAddressEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('address', models.CharField(max_length=120)),
                        ('city', models.CharField(max_length=60)),
                        ('state', models.CharField(max_length=2)),
                        ('zip', models.CharField(max_length=9, verbose_name='ZIP')),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.beneficiaryaddress')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='BeneficiaryEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('last_name', models.CharField(max_length=60)),
                        ('first_name', models.CharField(max_length=35)),
                        ('middle_name', models.CharField(blank=True, max_length=25)),
                        ('birth_date', models.DateField()),
                        ('sex', models.CharField(choices=[('F', 'Female'), ('M', 'Male'), ('U', 'Unknown')], max_length=1)),
                        ('died', models.DateField(blank=True, null=True, verbose_name='date of death')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='BeneficiaryMbi',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mbi', models.CharField(max_length=11, verbose_name='MBI')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mbis', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'verbose_name': 'MBI',
                        'ordering': ('in_force',),
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('mbi', '='), ('in_force', '&&')], name='beneficiaries_mbi_of_one_person')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiarymbi',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_beneficiarymbievent" ("beneficiary_id", "id", "in_force", "mbi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."beneficiary_id", NEW."id", NEW."in_force", NEW."mbi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='7d142bc399cdaa6b3b9b63fcb0a5f86f3d1252da', operation='INSERT', pgid='pgtrigger_insert_insert_070d4', table='beneficiaries_beneficiarymbi', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiarymbi',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_beneficiarymbievent" ("beneficiary_id", "id", "in_force", "mbi", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."beneficiary_id", NEW."id", NEW."in_force", NEW."mbi", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f5b7b803420f0d15a4fb1b20c954c43e471f71dc', operation='UPDATE', pgid='pgtrigger_update_update_17d47', table='beneficiaries_beneficiarymbi', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiarymbi',
                    trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'people', NEW.beneficiary_id; RETURN NULL;", hash='f4bf402c3b26f3dbf83df3325945e1b8ca94dea4', operation='INSERT', pgid='pgtrigger_announce_added_1913e', table='beneficiaries_beneficiarymbi', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiarymbi',
                    trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'people', NEW.beneficiary_id; RETURN NULL;", hash='bde4416087ce3e94fd1630f9ec4a244865070b99', operation='UPDATE', pgid='pgtrigger_announce_changed_7cd2f', table='beneficiaries_beneficiarymbi', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='BeneficiaryMbiEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('mbi', models.CharField(max_length=11, verbose_name='MBI')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.beneficiarymbi')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CoverageSpan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('kind', models.CharField(choices=[('part_b', 'Part B'), ('medicare_advantage', 'Medicare Advantage'), ('hospice', 'Hospice'), ('other_primary', 'Other insurer first')], max_length=20)),
                        ('plan', models.CharField(blank=True, max_length=120, verbose_name='plan or insurer')),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'ordering': ('kind', 'in_force'),
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coveragespan',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_coveragespanevent" ("arrival", "beneficiary_id", "id", "in_force", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "source") VALUES (NEW."arrival", NEW."beneficiary_id", NEW."id", NEW."in_force", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan", NEW."source"); RETURN NULL;', hash='4cc2985df94ec87d6d25b7c90b12a505426337bf', operation='INSERT', pgid='pgtrigger_insert_insert_2dbbc', table='beneficiaries_coveragespan', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coveragespan',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_coveragespanevent" ("arrival", "beneficiary_id", "id", "in_force", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "source") VALUES (NEW."arrival", NEW."beneficiary_id", NEW."id", NEW."in_force", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan", NEW."source"); RETURN NULL;', hash='b0ff0ff8fabe53c100c58c59d4e8f18fec1fe6c5', operation='UPDATE', pgid='pgtrigger_update_update_718f8', table='beneficiaries_coveragespan', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='CoverageSpanEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('kind', models.CharField(choices=[('part_b', 'Part B'), ('medicare_advantage', 'Medicare Advantage'), ('hospice', 'Hospice'), ('other_primary', 'Other insurer first')], max_length=20)),
                        ('plan', models.CharField(blank=True, max_length=120, verbose_name='plan or insurer')),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.coveragespan')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DeductibleElsewhere',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.SmallIntegerField()),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deductibles_elsewhere', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'verbose_name': 'deductible used elsewhere',
                        'verbose_name_plural': 'deductible used elsewhere',
                        'ordering': ('year',),
                        'constraints': [models.UniqueConstraint(fields=('beneficiary', 'year', 'source'), name='beneficiaries_deductible_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='beneficiaries_deductible_not_negative')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deductibleelsewhere',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_deductibleelsewhereevent" ("amount", "arrival", "beneficiary_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."amount", NEW."arrival", NEW."beneficiary_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source", NEW."year"); RETURN NULL;', hash='00fd1a3af04fdd5840a9d73001f59def560658ca', operation='INSERT', pgid='pgtrigger_insert_insert_36f7c', table='beneficiaries_deductibleelsewhere', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='deductibleelsewhere',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_deductibleelsewhereevent" ("amount", "arrival", "beneficiary_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") VALUES (NEW."amount", NEW."arrival", NEW."beneficiary_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."year"); RETURN NULL;', hash='96d91e4d6ae91584132897775f2d011514b48d31', operation='UPDATE', pgid='pgtrigger_update_update_a4294', table='beneficiaries_deductibleelsewhere', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='DeductibleElsewhereEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('year', models.SmallIntegerField()),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.deductibleelsewhere')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DmeDrugClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hcpcs', models.CharField(max_length=5, verbose_name='J-code')),
                        ('modifier', models.CharField(blank=True, max_length=2)),
                        ('date_of_service', models.DateField()),
                        ('status', models.CharField(choices=[('paid', 'Paid'), ('pending', 'Pending'), ('denied', 'Denied')], max_length=8)),
                        ('supplier_name', models.CharField(blank=True, max_length=120, verbose_name='DME supplier')),
                        ('narrative', models.CharField(blank=True, max_length=200)),
                        ('claim_number', models.CharField(blank=True, max_length=30, verbose_name='DME claim')),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('loaded_on', models.DateField()),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dme_drug_claims', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'verbose_name': 'DME drug claim',
                        'ordering': ('date_of_service', 'arrival'),
                        'indexes': [models.Index(fields=['beneficiary', 'date_of_service'], name='beneficiaries_drug_day')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dmedrugclaim',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='29f56c6f52f8af6864331e5eb677b2e32af19920', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_42bf8', table='beneficiaries_dmedrugclaim', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dmedrugclaim',
                    trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='ff40b8d2fbab8b2168880c4993a4a7618048e624', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_2bf0a', table='beneficiaries_dmedrugclaim', when='BEFORE')),
                ),
                migrations.CreateModel(
                    name='HistoryArrival',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('people', 'People with their MBI and address'), ('providers', 'Providers who care for a patient'), ('coverage', 'Entitlement and other insurance'), ('stays', 'Stays in a hospital or skilled nursing facility'), ('drug_claims', 'Drug claims of the DME benefit'), ('outside_visits', 'Visits decided by other contractors'), ('deductible', 'Deductible used elsewhere'), ('deaths', 'Deaths'), ('plans', 'Plans of care'), ('suppliers', 'Records of suppliers'), ('decisions', 'Decisions on other claims')], max_length=20)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history_arrivals', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'ordering': ('arrival',),
                        'indexes': [models.Index(fields=['arrival'], name='beneficiaries_outbox')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoryFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('kind', models.CharField(choices=[('people', 'People with their MBI and address'), ('providers', 'Providers who care for a patient'), ('coverage', 'Entitlement and other insurance'), ('stays', 'Stays in a hospital or skilled nursing facility'), ('drug_claims', 'Drug claims of the DME benefit'), ('outside_visits', 'Visits decided by other contractors'), ('deductible', 'Deductible used elsewhere'), ('deaths', 'Deaths')], max_length=20)),
                        ('name', models.CharField(max_length=200)),
                        ('lines_read', models.PositiveIntegerField(default=0)),
                        ('rows_loaded', models.PositiveIntegerField(default=0, verbose_name='rows that added or changed something')),
                        ('refused_lines', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None)),
                        ('loaded_on', models.DateField(verbose_name='business day')),
                        ('loaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ],
                    options={
                        'ordering': ('-id',),
                        'constraints': [models.UniqueConstraint(fields=('sha256', 'kind'), name='beneficiaries_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='OutsideVisit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hcpcs', models.CharField(max_length=5, verbose_name='visit code')),
                        ('date_of_service', models.DateField()),
                        ('status', models.CharField(choices=[('paid', 'Paid'), ('pending', 'Undecided'), ('denied', 'Denied')], max_length=8)),
                        ('supplier_npi', models.CharField(max_length=10, verbose_name="supplier's NPI")),
                        ('supplier_tin', models.CharField(blank=True, max_length=9, verbose_name="supplier's tax id")),
                        ('supplier_name', models.CharField(blank=True, max_length=120)),
                        ('contractor', models.CharField(blank=True, max_length=5)),
                        ('claim_number', models.CharField(blank=True, max_length=30)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('loaded_on', models.DateField()),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_visits', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'ordering': ('date_of_service', 'arrival'),
                        'indexes': [models.Index(fields=['beneficiary', 'date_of_service'], name='beneficiaries_outside_day')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outsidevisit',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='5653bb4da36258e742cdf5055cecdf8b2ac0315e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1090', table='beneficiaries_outsidevisit', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outsidevisit',
                    trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='d76f369ed3405110ee4f6d9dbde7d8e856ca5886', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_06055', table='beneficiaries_outsidevisit', when='BEFORE')),
                ),
                migrations.CreateModel(
                    name='PlanOfCare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('established', models.DateField(blank=True, null=True)),
                        ('starts', models.DateField()),
                        ('ends', models.DateField(blank=True, null=True)),
                        ('options_notified', models.DateField(blank=True, null=True, verbose_name='infusion options discussed')),
                        ('review_every_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans_of_care', to='beneficiaries.beneficiary')),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans_of_care', to='suppliers.supplier')),
                    ],
                    options={
                        'verbose_name': 'plan of care',
                        'verbose_name_plural': 'plans of care',
                        'ordering': ('established', 'starts', 'pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='beneficiaries_plan_ends_after_it_starts')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcare',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_planofcareevent" ("arrival", "beneficiary_id", "ends", "established", "id", "options_notified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_every_days", "starts", "supplier_id") VALUES (NEW."arrival", NEW."beneficiary_id", NEW."ends", NEW."established", NEW."id", NEW."options_notified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."review_every_days", NEW."starts", NEW."supplier_id"); RETURN NULL;', hash='dbc1391c22dad50da5e8ee4636b174f8372c8a54', operation='INSERT', pgid='pgtrigger_insert_insert_d41da', table='beneficiaries_planofcare', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcare',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_planofcareevent" ("arrival", "beneficiary_id", "ends", "established", "id", "options_notified", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_every_days", "starts", "supplier_id") VALUES (NEW."arrival", NEW."beneficiary_id", NEW."ends", NEW."established", NEW."id", NEW."options_notified", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."review_every_days", NEW."starts", NEW."supplier_id"); RETURN NULL;', hash='8c9b4cc3ac3350e0783e955364087c9732241267', operation='UPDATE', pgid='pgtrigger_update_update_a125e', table='beneficiaries_planofcare', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcare',
                    trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', NEW.beneficiary_id; RETURN NULL;", hash='0e55d55f802b18c667c72b9c8c6946a3a160b7e8', operation='INSERT', pgid='pgtrigger_announce_added_80773', table='beneficiaries_planofcare', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcare',
                    trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', NEW.beneficiary_id; RETURN NULL;", hash='e28439cbf534ab313eda4a7b33820b86d82dfd13', operation='UPDATE', pgid='pgtrigger_announce_changed_f36e0', table='beneficiaries_planofcare', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='PlanOfCareEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('established', models.DateField(blank=True, null=True)),
                        ('starts', models.DateField()),
                        ('ends', models.DateField(blank=True, null=True)),
                        ('options_notified', models.DateField(blank=True, null=True, verbose_name='infusion options discussed')),
                        ('review_every_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.planofcare')),
                        ('supplier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='suppliers.supplier')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlanOfCareVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(default=1)),
                        ('changed_on', models.DateField()),
                        ('physician_npi', models.CharField(blank=True, max_length=10, verbose_name="physician's NPI")),
                        ('physician_name', models.CharField(blank=True, max_length=120, verbose_name='physician')),
                        ('credential', models.CharField(blank=True, choices=[('MD', 'MD'), ('DO', 'DO'), ('NP', 'NP'), ('PA', 'PA')], max_length=2)),
                        ('signed', models.DateField(blank=True, null=True, verbose_name='signed and dated')),
                        ('drugs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                        ('dosage', models.CharField(blank=True, max_length=120)),
                        ('frequency', models.CharField(blank=True, max_length=120)),
                        ('route', models.CharField(blank=True, max_length=20)),
                        ('therapy_type', models.CharField(blank=True, max_length=120, verbose_name='type of therapy')),
                        ('amount', models.CharField(blank=True, max_length=120)),
                        ('duration', models.CharField(blank=True, max_length=120)),
                        ('professional_services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                        ('discipline', models.CharField(blank=True, max_length=60)),
                        ('visits_per_week', django.contrib.postgres.fields.ranges.IntegerRangeField(blank=True, null=True)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='beneficiaries.planofcare')),
                        ('dme_consulted', models.DateField(blank=True, null=True, verbose_name='DME supplier consulted')),
                        ('dme_supplier', models.CharField(blank=True, max_length=120, verbose_name='DME supplier')),
                        ('needs', models.CharField(blank=True, max_length=500, verbose_name='needs of this patient')),
                        ('prescriber_consulted', models.DateField(blank=True, null=True, verbose_name='prescriber of the drug consulted')),
                        ('signed_page', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='page of the signature')),
                    ],
                    options={
                        'verbose_name': 'version of a plan of care',
                        'verbose_name_plural': 'versions of plans of care',
                        'ordering': ('plan', 'number'),
                        'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='beneficiaries_plan_version_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcareversion',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_planofcareversionevent" ("amount", "arrival", "changed_on", "credential", "discipline", "dme_consulted", "dme_supplier", "dosage", "drugs", "duration", "frequency", "id", "needs", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "physician_name", "physician_npi", "plan_id", "prescriber_consulted", "professional_services", "route", "signed", "signed_page", "therapy_type", "visits_per_week") VALUES (NEW."amount", NEW."arrival", NEW."changed_on", NEW."credential", NEW."discipline", NEW."dme_consulted", NEW."dme_supplier", NEW."dosage", NEW."drugs", NEW."duration", NEW."frequency", NEW."id", NEW."needs", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."physician_name", NEW."physician_npi", NEW."plan_id", NEW."prescriber_consulted", NEW."professional_services", NEW."route", NEW."signed", NEW."signed_page", NEW."therapy_type", NEW."visits_per_week"); RETURN NULL;', hash='f4b26c283001af19000d24dcdb67ad6be8c59f29', operation='INSERT', pgid='pgtrigger_insert_insert_775b8', table='beneficiaries_planofcareversion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcareversion',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_planofcareversionevent" ("amount", "arrival", "changed_on", "credential", "discipline", "dme_consulted", "dme_supplier", "dosage", "drugs", "duration", "frequency", "id", "needs", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "physician_name", "physician_npi", "plan_id", "prescriber_consulted", "professional_services", "route", "signed", "signed_page", "therapy_type", "visits_per_week") VALUES (NEW."amount", NEW."arrival", NEW."changed_on", NEW."credential", NEW."discipline", NEW."dme_consulted", NEW."dme_supplier", NEW."dosage", NEW."drugs", NEW."duration", NEW."frequency", NEW."id", NEW."needs", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."physician_name", NEW."physician_npi", NEW."plan_id", NEW."prescriber_consulted", NEW."professional_services", NEW."route", NEW."signed", NEW."signed_page", NEW."therapy_type", NEW."visits_per_week"); RETURN NULL;', hash='c02e93759de01ea8caf1c7bd4ea1b42acf6bfc00', operation='UPDATE', pgid='pgtrigger_update_update_b2084', table='beneficiaries_planofcareversion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcareversion',
                    trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='57d0a87f054ef942f8cf957885c0c00f74dc00fb', operation='INSERT', pgid='pgtrigger_announce_added_237fc', table='beneficiaries_planofcareversion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planofcareversion',
                    trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='4ebd7df4bc780b4a59289690b6a5a0f5785b22c2', operation='UPDATE', pgid='pgtrigger_announce_changed_b346b', table='beneficiaries_planofcareversion', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='PlanOfCareVersionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveSmallIntegerField(default=1)),
                        ('changed_on', models.DateField()),
                        ('physician_npi', models.CharField(blank=True, max_length=10, verbose_name="physician's NPI")),
                        ('physician_name', models.CharField(blank=True, max_length=120, verbose_name='physician')),
                        ('credential', models.CharField(blank=True, choices=[('MD', 'MD'), ('DO', 'DO'), ('NP', 'NP'), ('PA', 'PA')], max_length=2)),
                        ('signed', models.DateField(blank=True, null=True, verbose_name='signed and dated')),
                        ('drugs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                        ('dosage', models.CharField(blank=True, max_length=120)),
                        ('frequency', models.CharField(blank=True, max_length=120)),
                        ('route', models.CharField(blank=True, max_length=20)),
                        ('therapy_type', models.CharField(blank=True, max_length=120, verbose_name='type of therapy')),
                        ('amount', models.CharField(blank=True, max_length=120)),
                        ('duration', models.CharField(blank=True, max_length=120)),
                        ('professional_services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                        ('discipline', models.CharField(blank=True, max_length=60)),
                        ('visits_per_week', django.contrib.postgres.fields.ranges.IntegerRangeField(blank=True, null=True)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.planofcareversion')),
                        ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.planofcare')),
                        ('dme_consulted', models.DateField(blank=True, null=True, verbose_name='DME supplier consulted')),
                        ('dme_supplier', models.CharField(blank=True, max_length=120, verbose_name='DME supplier')),
                        ('needs', models.CharField(blank=True, max_length=500, verbose_name='needs of this patient')),
                        ('prescriber_consulted', models.DateField(blank=True, null=True, verbose_name='prescriber of the drug consulted')),
                        ('signed_page', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='page of the signature')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlanReview',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reviewed_on', models.DateField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='beneficiaries.planofcare')),
                    ],
                    options={
                        'verbose_name': 'review of a plan of care',
                        'verbose_name_plural': 'reviews of plans of care',
                        'ordering': ('reviewed_on',),
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planreview',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_planreviewevent" ("arrival", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reviewed_on") VALUES (NEW."arrival", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."reviewed_on"); RETURN NULL;', hash='31f9449cf1c901d689a0a3aa53e21e0fd538c263', operation='INSERT', pgid='pgtrigger_insert_insert_e9de5', table='beneficiaries_planreview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planreview',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_planreviewevent" ("arrival", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "reviewed_on") VALUES (NEW."arrival", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."plan_id", NEW."reviewed_on"); RETURN NULL;', hash='de59f0854c7a7aa7cecc3050c700969fd0495be3', operation='UPDATE', pgid='pgtrigger_update_update_a8e83', table='beneficiaries_planreview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planreview',
                    trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='fe7381a0165b791b498bcc6d877f7a363a87cb03', operation='INSERT', pgid='pgtrigger_announce_added_e6245', table='beneficiaries_planreview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='planreview',
                    trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='94ccb70af54d7925906f558e4fa9ffe043c6000d', operation='UPDATE', pgid='pgtrigger_announce_changed_d29dc', table='beneficiaries_planreview', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='PlanReviewEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('reviewed_on', models.DateField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.planreview')),
                        ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.planofcare')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Stay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('inpatient', 'Hospital'), ('snf', 'Skilled nursing facility')], max_length=10)),
                        ('facility', models.CharField(blank=True, max_length=120)),
                        ('admitted', models.DateField()),
                        ('discharged', models.DateField(blank=True, null=True)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stays', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'ordering': ('admitted',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('discharged__isnull', True), ('discharged__gte', models.F('admitted')), _connector='OR'), name='beneficiaries_stay_ends_after_it_begins'), models.UniqueConstraint(fields=('beneficiary', 'kind', 'admitted'), name='beneficiaries_stay_once')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stay',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_stayevent" ("admitted", "arrival", "beneficiary_id", "discharged", "facility", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."admitted", NEW."arrival", NEW."beneficiary_id", NEW."discharged", NEW."facility", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='8c607a78c46567986ec770964db041b3bbf7630b', operation='INSERT', pgid='pgtrigger_insert_insert_224cd', table='beneficiaries_stay', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='stay',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_stayevent" ("admitted", "arrival", "beneficiary_id", "discharged", "facility", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."admitted", NEW."arrival", NEW."beneficiary_id", NEW."discharged", NEW."facility", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='f51a5ffc5bc9e97a90ed77fd10c2d60f57ca5082', operation='UPDATE', pgid='pgtrigger_update_update_704e6', table='beneficiaries_stay', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='StayEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('inpatient', 'Hospital'), ('snf', 'Skilled nursing facility')], max_length=10)),
                        ('facility', models.CharField(blank=True, max_length=120)),
                        ('admitted', models.DateField()),
                        ('discharged', models.DateField(blank=True, null=True)),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.stay')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Beneficiary',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('last_name', models.CharField(max_length=60)),
                        ('first_name', models.CharField(max_length=35)),
                        ('middle_name', models.CharField(blank=True, max_length=25)),
                        ('birth_date', models.DateField()),
                        ('sex', models.CharField(choices=[('F', 'Female'), ('M', 'Male'), ('U', 'Unknown')], max_length=1)),
                        ('died', models.DateField(blank=True, null=True, verbose_name='date of death')),
                    ],
                    options={
                        'verbose_name_plural': 'beneficiaries',
                        'ordering': ('last_name', 'first_name', 'pk'),
                        'indexes': [models.Index(django.db.models.functions.text.Upper('last_name'), name='beneficiaries_surname')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiary',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_beneficiaryevent" ("birth_date", "died", "first_name", "id", "last_name", "middle_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (NEW."birth_date", NEW."died", NEW."first_name", NEW."id", NEW."last_name", NEW."middle_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sex"); RETURN NULL;', hash='793e0f6ce9586e21b014082721d490b883e3745b', operation='INSERT', pgid='pgtrigger_insert_insert_1c31c', table='beneficiaries_beneficiary', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='beneficiary',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_beneficiaryevent" ("birth_date", "died", "first_name", "id", "last_name", "middle_name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (NEW."birth_date", NEW."died", NEW."first_name", NEW."id", NEW."last_name", NEW."middle_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sex"); RETURN NULL;', hash='c959e6220fd467338147cb2e426fcb3b39641563', operation='UPDATE', pgid='pgtrigger_update_update_a0fd5', table='beneficiaries_beneficiary', when='AFTER')),
                ),
                migrations.CreateModel(
                    name='ApplicableProviderEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', pghistory.utils.JSONField(null=True)),
                        ('pgh_context_id', models.UUIDField(null=True)),
                        ('id', models.BigIntegerField()),
                        ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                        ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('npi', models.CharField(max_length=10, verbose_name='NPI')),
                        ('name', models.CharField(max_length=120)),
                        ('kind', models.CharField(choices=[('MD', 'MD'), ('DO', 'DO'), ('NP', 'NP'), ('PA', 'PA')], max_length=2)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='beneficiaries.applicableprovider')),
                        ('beneficiary', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='beneficiaries.beneficiary')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                        ('size', models.PositiveIntegerField(verbose_name='bytes')),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('tiff', 'TIFF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('name', models.CharField(max_length=120)),
                        ('pages', models.PositiveIntegerField()),
                        ('other_mbi_pages', models.JSONField(blank=True, null=True)),
                        ('scan', models.CharField(choices=[('not_scanned', 'Not scanned'), ('waiting', 'Held until it is scanned'), ('clean', 'Scanned, clean'), ('infected', 'Refused by the scanner')], max_length=12)),
                        ('scanned_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_on', models.DateField(verbose_name='business day')),
                        ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='beneficiaries.beneficiary')),
                        ('sent_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='suppliers.supplier')),
                        ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='beneficiaries.planofcareversion')),
                        ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='beneficiaries.plandraft')),
                    ],
                    options={
                        'ordering': ('pk',),
                        'indexes': [models.Index(condition=models.Q(('scan', 'waiting')), fields=['scan'], name='beneficiaries_to_be_scanned')],
                    },
                ),
                migrations.CreateModel(
                    name='PlanDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('new', 'New plan of care'), ('change', 'Change of a plan of care'), ('complete', 'Completion of a plan of care')], default='new', max_length=8)),
                        ('values', models.JSONField(blank=True, default=dict)),
                        ('saved', models.PositiveIntegerField(default=0, verbose_name='times saved')),
                        ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beneficiaries.beneficiary')),
                        ('filed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='beneficiaries.planofcareversion')),
                        ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='beneficiaries.planofcare')),
                        ('saved_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_drafts', to='suppliers.supplier')),
                    ],
                    options={
                        'ordering': ('-saved_at', '-pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('plan__isnull', True), ('purpose', 'new')), models.Q(models.Q(('purpose', 'new'), _negated=True), ('plan__isnull', False)), _connector='OR'), name='beneficiaries_draft_of_a_plan')],
                    },
                ),
            ],
        ),
    ]
