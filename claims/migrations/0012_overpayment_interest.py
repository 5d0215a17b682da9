import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_inventory'),
        ('suppliers', '0002_record_arrivals'),
    ]

    operations = [
        migrations.CreateModel(
            name='InterestCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('charged_on', models.DateField(verbose_name='business day')),
                ('periods', models.PositiveSmallIntegerField()),
                ('rate', models.DecimalField(decimal_places=5, max_digits=7)),
                ('total', models.DecimalField(decimal_places=2, max_digits=12)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
            ],
            options={
                'ordering': ('charged_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='LookedThrough',
            fields=[
                ('look', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('day', models.DateField()),
            ],
            options={
                'verbose_name_plural': 'looked through',
            },
        ),
        migrations.CreateModel(
            name='Reconsideration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'The overpayment is upheld'), ('reversed', 'Decided for the supplier, in whole or in part')], max_length=8)),
                ('decided_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-received_on', '-pk'),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ledgertransfer',
            name='within_what_is_owed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='massadjustment',
            name='mass_state_moves_along_the_arrows',
        ),
        migrations.RemoveConstraint(
            model_name='ledgertransfer',
            name='claims_transfer_between_known_accounts',
        ),
        migrations.RemoveConstraint(
            model_name='ledgertransfer',
            name='claims_transfer_to_the_bank_is_remitted',
        ),
        migrations.RemoveConstraint(
            model_name='ledgertransfer',
            name='claims_transfer_settles_a_debt',
        ),
        migrations.RemoveConstraint(
            model_name='ledgertransfer',
            name='claims_transfer_once',
        ),
        migrations.AddField(
            model_name='massadjustmentclaim',
            name='previewed_otherwise',
            field=models.BooleanField(default=False, verbose_name='previewed again, and otherwise than was approved'),
        ),
        migrations.AlterField(
            model_name='adjustment',
            name='kind',
            field=models.CharField(choices=[('reopening', 'Clerical reopening'), ('review', 'Medical review'), ('history', 'What it was judged by has changed'), ('replacement', 'Replaced by the supplier'), ('void', 'Voided'), ('mass', 'Mass adjustment'), ('any_time', 'Reopening at any time')], max_length=12),
        ),
        migrations.AlterField(
            model_name='ledgertransfer',
            name='source',
            field=models.CharField(choices=[('benefit', 'Benefit expense'), ('interest', 'Interest expense'), ('payable', 'Payable to the supplier'), ('bank', 'Paid out'), ('overpayment', 'Owed by the supplier'), ('interest_due', 'Interest owed by the supplier'), ('income', 'Interest earned')], max_length=12, verbose_name='from'),
        ),
        migrations.AlterField(
            model_name='ledgertransfer',
            name='target',
            field=models.CharField(choices=[('benefit', 'Benefit expense'), ('interest', 'Interest expense'), ('payable', 'Payable to the supplier'), ('bank', 'Paid out'), ('overpayment', 'Owed by the supplier'), ('interest_due', 'Interest owed by the supplier'), ('income', 'Interest earned')], max_length=12, verbose_name='to'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgertransfer',
            trigger=pgtrigger.compiler.Trigger(name='within_what_is_owed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."target" = \'overpayment\')', declare='DECLARE owed numeric;', func="\nPERFORM FROM claims_decision WHERE id = NEW.settles_id FOR NO KEY UPDATE;\nSELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE decision_id = NEW.settles_id AND source = 'overpayment'), 0)\n     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE settles_id = NEW.settles_id AND target = 'overpayment'), 0)\n  INTO owed;\nIF owed < 0 THEN\n    RAISE EXCEPTION 'claims_debt_settled_once: % is more than is owed on decision %', NEW.amount, NEW.settles_id\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='37265528e03b872c2fb77d4148b65cc9d3cf6020', operation='INSERT', pgid='pgtrigger_within_what_is_owed_18298', table='claims_ledgertransfer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgertransfer',
            trigger=pgtrigger.compiler.Trigger(name='within_the_interest', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((NEW."source" IN (\'payable\', \'bank\') AND NEW."target" = \'interest_due\') OR (NEW."source" = \'interest_due\' AND NEW."target" = \'bank\'))', declare='DECLARE owed numeric;', func="\nPERFORM FROM claims_decision WHERE id = coalesce(NEW.settles_id, NEW.decision_id) FOR NO KEY UPDATE;\nSELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE decision_id = coalesce(NEW.settles_id, NEW.decision_id) AND source = 'interest_due'), 0)\n     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE settles_id = coalesce(NEW.settles_id, NEW.decision_id) AND target = 'interest_due'), 0)\n  INTO owed;\nIF (NEW.target = 'interest_due' AND owed < 0) OR (NEW.target = 'bank' AND owed > 0) THEN\n    RAISE EXCEPTION 'claims_interest_within_what_was_charged: % from % to % is more than the interest on decision %',\n        NEW.amount, NEW.source, NEW.target, coalesce(NEW.settles_id, NEW.decision_id)\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='4e79887c5e183049573a5f53c8e759f0ea47efaf', operation='INSERT', pgid='pgtrigger_within_the_interest_e82b0', table='claims_ledgertransfer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='massadjustment',
            trigger=pgtrigger.compiler.Trigger(name='mass_state_moves_along_the_arrows', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:previewing,draft:cancelled,previewing:previewed,previewing:running,previewing:cancelled,previewing:failed,previewed:previewing,previewed:approved,previewed:cancelled,approved:running,approved:paused,approved:cancelled,approved:failed,running:paused,running:done,running:cancelled,running:failed,paused:running,paused:previewing,paused:cancelled,failed:previewing,failed:running,failed:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='4392400e48bed58c7dc4dd8352946d3c810d40e6', operation='UPDATE', pgid='pgtrigger_mass_state_moves_along_the_arrows_3bfa0', table='claims_massadjustment', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='interestcharge',
            name='overpayment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='claims.overpayment'),
        ),
        migrations.AddField(
            model_name='ledgertransfer',
            name='charge',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='claims.interestcharge'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'benefit'), ('target', 'payable')), models.Q(('source', 'payable'), ('target__in', ('benefit', 'bank', 'overpayment', 'interest_due'))), models.Q(('source', 'interest'), ('target', 'bank')), models.Q(('source', 'overpayment'), ('target', 'benefit')), models.Q(('source', 'bank'), ('target__in', ('overpayment', 'interest_due'))), models.Q(('source', 'interest_due'), ('target__in', ('income', 'bank'))), models.Q(('source', 'income'), ('target', 'interest_due')), _connector='OR'), name='claims_transfer_between_known_accounts'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(('remittance__isnull', True), models.Q(('target', 'bank'), models.Q(('source', 'payable'), ('target__in', ('overpayment', 'interest_due'))), _connector='OR'), _connector='XOR'), name='claims_transfer_to_the_bank_is_remitted'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(('settles__isnull', True), ('target__in', ('overpayment', 'interest_due')), _connector='XOR'), name='claims_transfer_settles_a_debt'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(('charge__isnull', True), models.Q(('source', 'income'), ('target', 'income'), _connector='OR'), _connector='XOR'), name='claims_transfer_to_income_is_a_charge'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.UniqueConstraint(condition=models.Q(('charge__isnull', True)), fields=('decision', 'source', 'target', 'settles', 'refund'), name='claims_transfer_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.UniqueConstraint(condition=models.Q(('charge__isnull', False)), fields=('charge',), name='claims_transfer_charged_once'),
        ),
        migrations.AddField(
            model_name='reconsideration',
            name='overpayment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reconsideration', to='claims.overpayment'),
        ),
        migrations.AddConstraint(
            model_name='interestcharge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), _negated=True), ('total__gte', 0)), name='claims_interest_charge_of_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interestcharge',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='aba6a290ecc4f486e995c532ccbeaa4ddec9023f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_97237', table='claims_interestcharge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interestcharge',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='625edef73b037a4b7714715e9286e67bd14acc85', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_d175c', table='claims_interestcharge', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='claims_reconsideration_decided_on_a_day'),
        ),
    ]
