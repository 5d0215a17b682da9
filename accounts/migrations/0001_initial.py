import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.migrating
import accounts.models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        accounts.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('role', models.CharField(choices=[('examiner', 'Examiner'), ('reviewer', 'Reviewer'), ('medical_director', 'Medical director'), ('administrator', 'Administrator'), ('supplier', 'Supplier')], max_length=20, verbose_name='role')),
                        ('amount_limit', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='amount limit')),
                        ('time_zone', models.CharField(blank=True, max_length=64, validators=[accounts.models.validate_time_zone], verbose_name='time zone')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='made')),
                        ('is_program', models.BooleanField(default=False, editable=False, verbose_name='a program, not a person')),
                    ],
                    options={
                        'verbose_name': 'person',
                        'verbose_name_plural': 'people',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='person_email_once_in_any_case'), models.CheckConstraint(condition=models.Q(('role__in', ['examiner', 'reviewer', 'medical_director', 'administrator', 'supplier'])), name='person_role_known'), models.CheckConstraint(condition=models.Q(('amount_limit__isnull', True), ('amount_limit__gte', 0), _connector='OR'), name='person_amount_limit_not_negative'), models.CheckConstraint(condition=models.Q(('is_program', False), ('is_active', False), _connector='OR'), name='person_program_never_signs_in')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('actor_label', models.CharField(max_length=160, verbose_name='who')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                        ('on', models.DateField(verbose_name='business date')),
                        ('verb', models.CharField(max_length=60, verbose_name='what')),
                        ('sentence', models.TextField(verbose_name='in words')),
                        ('about_type', models.CharField(blank=True, max_length=80, verbose_name='kind of record')),
                        ('about_id', models.CharField(blank=True, max_length=64, verbose_name='record')),
                        ('data', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='details')),
                        ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['about_type', 'about_id', '-id'], name='event_by_record'), models.Index(fields=['actor', '-id'], name='event_by_actor'), models.Index(fields=['verb', '-id'], name='event_by_verb'), models.Index(fields=['on', '-id'], name='event_by_business_date')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='event',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='5e1034ea5e7a699e7c395a3f19478666fd4cec4a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e07d4', table='accounts_event', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='event',
                    trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='13aa5697e208c6717f97e6f9597eccf792ea70e4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_79d12', table='accounts_event', when='BEFORE')),
                ),
                migrations.CreateModel(
                    name='IdempotencyKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=100)),
                        ('request_hash', models.CharField(max_length=64)),
                        ('response_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('response_body', models.TextField(blank=True)),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['created_at'], name='idempotency_key_by_age')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='idempotency_key_once_per_person')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessLog',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                        ('about_type', models.CharField(max_length=80, verbose_name='kind of record')),
                        ('about_id', models.CharField(max_length=64, verbose_name='record')),
                        ('page', models.CharField(max_length=200, verbose_name='page')),
                        ('reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'access to a record',
                        'verbose_name_plural': 'accesses to records',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['about_type', 'about_id', '-id'], name='access_by_record'), models.Index(fields=['person', '-id'], name='access_by_person')],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accesslog',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='365b88a9d8479821c9e120c8acc506847a6fcc91', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36f4b', table='accounts_accesslog', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='accesslog',
                    trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='ee28702d7189a7141c8b8c8163ca7b036cb4974f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_5e41d', table='accounts_accesslog', when='BEFORE')),
                ),
            ],
        ),
    ]
