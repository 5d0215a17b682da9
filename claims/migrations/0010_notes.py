import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import policy.arrivals


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_worklist"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='ClaimNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000)),
                ('made_on', models.DateField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='NoteDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=4000)),
                ('saved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ReviewReferral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('made_on', models.DateField()),
                ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
            ],
            options={
                'ordering': ('arrival',),
            },
        ),
        migrations.CreateModel(
            name='ReviewReferralEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('made_on', models.DateField()),
                ('arrival', policy.arrivals.ArrivalField(db_default=models.Func(models.Value('arrival_number'), function='nextval', output_field=models.BigIntegerField()), editable=False)),
            ],
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('assigned_to__isnull', True), ('status', 'suspended')), fields=['received_on', 'arrival'], name='claims_to_take'),
        ),
        migrations.AddField(
            model_name='claimnote',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimnote',
            name='made_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notedraft',
            name='claim',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='notedraft',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewreferral',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='reviewreferral',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewreferralend',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewreferralend',
            name='referral',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='claims.reviewreferral'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimnote',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='d8f8da77c64fc2f1ebcbdee0d4ec5741084b0c20', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3646', table='claims_claimnote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimnote',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='4b04eac45dfc9e9040bae0badfa69c0e8baa4df9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_5a846', table='claims_claimnote', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='notedraft',
            constraint=models.UniqueConstraint(fields=('claim', 'person'), name='claims_one_draft_a_person'),
        ),
        migrations.AddIndex(
            model_name='reviewreferral',
            index=models.Index(fields=['arrival'], name='claims_referrals_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewreferral',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='58e84033fc86bb9ed90266773cfe8425e9af616e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6b91a', table='claims_reviewreferral', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewreferral',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='84e87c72c790471b9cded7334cfc63138977dcc0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_c2d32', table='claims_reviewreferral', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewreferralend',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='e7828dfaa9eb4929f7231b7f8bb79a67293ecc19', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ff788', table='claims_reviewreferralend', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewreferralend',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='7e9fd96757b5fae3b0d3faeeb0860ce48cf1b585', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_2b103', table='claims_reviewreferralend', when='BEFORE')),
        ),
    ]
