import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_determinations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MassAdjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60)),
                ('reason', models.CharField(max_length=500)),
                ('good_cause', models.CharField(blank=True, max_length=500, verbose_name='good cause, after a year')),
                ('chosen_by', models.TextField(verbose_name='which claims')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('previewing', 'Being previewed'), ('previewed', 'Waits for approval'), ('approved', 'Approved'), ('running', 'Running'), ('paused', 'Paused'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('failed', 'Stopped by a fault')], default='draft', max_length=10)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='why it stopped')),
                ('publication', models.PositiveIntegerField(blank=True, null=True)),
                ('engine_version', models.CharField(blank=True, max_length=16)),
                ('previewed_on', models.DateField(blank=True, null=True, verbose_name='business day of the preview')),
                ('claims_chosen', models.PositiveIntegerField(default=0)),
                ('claims_changed', models.PositiveIntegerField(default=0, verbose_name='claims that would change')),
                ('lines_changed', models.PositiveIntegerField(default=0)),
                ('before', models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name='paid before')),
                ('after', models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name='would pay')),
                ('at_stake', models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ('made_on', models.DateField()),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('approved_reason', models.CharField(blank=True, max_length=500, verbose_name='why it was approved')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='business day on which it was done or cancelled')),
                ('approved_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='claims.massadjustment')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='adjustment',
            name='mass',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='claims.massadjustment'),
        ),
        migrations.CreateModel(
            name='MassAdjustmentClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('chosen', 'To be previewed'), ('same', 'Comes out the same'), ('changes', 'Would change'), ('asked', 'To be decided'), ('decided', 'Decided anew'), ('left_out', 'Left out')], default='chosen', max_length=8)),
                ('sentence', models.CharField(blank=True, max_length=500, verbose_name='why it was left out')),
                ('before', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('after', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('told_digest', models.CharField(blank=True, max_length=64)),
                ('came_out_otherwise', models.BooleanField(default=False)),
                ('of_other_engine', models.BooleanField(default=False, verbose_name='decided by another version than the decision it makes again')),
                ('claim', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='in_mass_adjustments', to='claims.claim')),
                ('decision', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.decision')),
                ('made', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.decision')),
                ('mass', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='claims.massadjustment')),
                ('restored', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.decision')),
            ],
            options={
                'ordering': ('mass', 'position'),
            },
        ),
        migrations.CreateModel(
            name='MassAdjustmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position of its claim')),
                ('number', models.PositiveSmallIntegerField()),
                ('date_of_service', models.DateField()),
                ('hcpcs', models.CharField(max_length=10)),
                ('supplier', models.CharField(max_length=10, verbose_name="supplier's NPI as billed")),
                ('supplier_name', models.CharField(blank=True, max_length=120)),
                ('edit', models.CharField(blank=True, max_length=7)),
                ('difference', models.DecimalField(decimal_places=2, max_digits=12)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('mass', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='claims.massadjustment')),
                ('of', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='claims.massadjustmentclaim')),
            ],
            options={
                'ordering': ('mass', 'position', 'number'),
            },
        ),
        migrations.AddConstraint(
            model_name='massadjustment',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='claims_mass_second_person'),
        ),
        migrations.AddConstraint(
            model_name='massadjustment',
            constraint=models.UniqueConstraint(condition=models.Q(('reverses__isnull', False), models.Q(('state', 'cancelled'), _negated=True)), fields=('reverses',), name='claims_mass_reversed_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='massadjustment',
            trigger=pgtrigger.compiler.Trigger(name='mass_state_moves_along_the_arrows', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:previewing,draft:cancelled,previewing:previewed,previewing:cancelled,previewing:failed,previewed:previewing,previewed:approved,previewed:cancelled,approved:running,approved:paused,approved:cancelled,approved:failed,running:paused,running:done,running:cancelled,running:failed,paused:running,paused:cancelled,failed:previewing,failed:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='395e88db517589f27757c1537414b8b5420ee4e9', operation='UPDATE', pgid='pgtrigger_mass_state_moves_along_the_arrows_3bfa0', table='claims_massadjustment', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='massadjustmentclaim',
            index=models.Index(fields=['mass', 'state', 'position'], name='claims_mass_by_state'),
        ),
        migrations.AddConstraint(
            model_name='massadjustmentclaim',
            constraint=models.UniqueConstraint(fields=('mass', 'position'), name='claims_mass_position_once'),
        ),
        migrations.AddConstraint(
            model_name='massadjustmentclaim',
            constraint=models.UniqueConstraint(fields=('claim', 'mass'), name='claims_mass_claim_once'),
        ),
        migrations.AddConstraint(
            model_name='massadjustmentline',
            constraint=models.UniqueConstraint(fields=('mass', 'position', 'number'), name='claims_mass_line_once'),
        ),
        migrations.AddConstraint(
            model_name='massadjustmentline',
            constraint=models.UniqueConstraint(fields=('of', 'number'), name='claims_mass_claim_line_once'),
        ),
    ]
