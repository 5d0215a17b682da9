"""Reversals and corrections: what suppliers owe, and a ledger whose payables may leave in parts."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_adjustments")]

    operations = [
        migrations.CreateModel(
            name='Demand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_on', models.DateField(verbose_name='business day')),
            ],
            options={
                'ordering': ('-sent_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Overpayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('found_on', models.DateField(verbose_name='business day')),
                ('reason', models.CharField(max_length=500)),
            ],
            options={
                'ordering': ('-found_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Redetermination',
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
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('received_on', models.DateField()),
                ('reference', models.CharField(max_length=50)),
                ('recorded_on', models.DateField(verbose_name='business day')),
            ],
            options={
                'ordering': ('received_on', 'pk'),
            },
        ),
        migrations.AlterModelOptions(
            name='remitteddecision',
            options={'ordering': ('remittance', 'claim', '-is_reversal')},
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
            name='claims_transfer_once',
        ),
        migrations.RemoveConstraint(
            model_name='ledgertransfer',
            name='claims_payable_leaves_once',
        ),
        migrations.AddField(
            model_name='ledgertransfer',
            name='settles',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_by', to='claims.decision'),
        ),
        migrations.AddField(
            model_name='remitteddecision',
            name='is_reversal',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='ledgertransfer',
            name='decision',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='claims.decision'),
        ),
        migrations.AlterField(
            model_name='ledgertransfer',
            name='remittance',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='claims.remittance'),
        ),
        migrations.AlterField(
            model_name='ledgertransfer',
            name='source',
            field=models.CharField(choices=[('benefit', 'Benefit expense'), ('interest', 'Interest expense'), ('payable', 'Payable to the supplier'), ('bank', 'Paid out'), ('overpayment', 'Owed by the supplier')], max_length=12, verbose_name='from'),
        ),
        migrations.AlterField(
            model_name='ledgertransfer',
            name='target',
            field=models.CharField(choices=[('benefit', 'Benefit expense'), ('interest', 'Interest expense'), ('payable', 'Payable to the supplier'), ('bank', 'Paid out'), ('overpayment', 'Owed by the supplier')], max_length=12, verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='remitteddecision',
            name='decision',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='remitted', to='claims.decision'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgertransfer',
            trigger=pgtrigger.compiler.Trigger(name='within_what_was_booked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."source" IN (\'payable\', \'overpayment\'))', declare='DECLARE still_payable numeric; paid numeric;', func="\nPERFORM FROM claims_decision WHERE id = NEW.decision_id FOR NO KEY UPDATE;\nSELECT coalesce(sum(amount) FILTER (WHERE target = 'payable'), 0)\n         - coalesce(sum(amount) FILTER (WHERE source = 'payable'), 0),\n       coalesce(sum(amount) FILTER (WHERE source = 'payable' AND target <> 'benefit'), 0)\n         - coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0)\n  INTO still_payable, paid\n  FROM claims_ledgertransfer WHERE decision_id = NEW.decision_id;\nIF still_payable < 0 OR paid < 0 THEN\n    RAISE EXCEPTION 'claims_transfer_within_what_was_booked: % from % to % is more than decision % has there',\n        NEW.amount, NEW.source, NEW.target, NEW.decision_id USING ERRCODE = 'check_violation';\nEND IF;\nIF NEW.source = 'payable' AND NEW.target <> 'benefit' AND EXISTS (\n    SELECT FROM claims_ledgertransfer t WHERE t.claim_id = NEW.claim_id AND t.decision_id <> NEW.decision_id\n     GROUP BY t.decision_id\n    HAVING coalesce(sum(amount) FILTER (WHERE source = 'payable' AND target <> 'benefit'), 0)\n         > coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0)\n) THEN\n    RAISE EXCEPTION 'claims_claim_paid_once: claim % is paid by another decision that was not reversed', NEW.claim_id\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='92edff64e37cbaacc243fa488a051ee0863a10fd', operation='INSERT', pgid='pgtrigger_within_what_was_booked_54ea4', table='claims_ledgertransfer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ledgertransfer',
            trigger=pgtrigger.compiler.Trigger(name='within_what_is_owed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."target" = \'overpayment\')', declare='DECLARE owed numeric;', func="\nPERFORM FROM claims_decision WHERE id = NEW.settles_id FOR NO KEY UPDATE;\nSELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE decision_id = NEW.settles_id AND source = 'overpayment'), 0)\n     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer WHERE settles_id = NEW.settles_id), 0)\n  INTO owed;\nIF owed < 0 THEN\n    RAISE EXCEPTION 'claims_debt_settled_once: % is more than is owed on decision %', NEW.amount, NEW.settles_id\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='0788a02c4783cbfb8acf4402bd3b422f3c315845', operation='INSERT', pgid='pgtrigger_within_what_is_owed_18298', table='claims_ledgertransfer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='remitteddecision',
            constraint=models.UniqueConstraint(fields=('decision', 'is_reversal'), name='claims_decision_told_once'),
        ),
        migrations.AddConstraint(
            model_name='remitteddecision',
            constraint=models.CheckConstraint(condition=models.Q(('is_reversal', False), ('interest_amount', 0), _connector='OR'), name='claims_reversal_without_interest'),
        ),
        migrations.AddField(
            model_name='overpayment',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpayments', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='overpayment',
            name='correction',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.decision'),
        ),
        migrations.AddField(
            model_name='overpayment',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='overpayment', to='claims.decision'),
        ),
        migrations.AddField(
            model_name='overpayment',
            name='remittance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpayments', to='claims.remittance'),
        ),
        migrations.AddField(
            model_name='overpayment',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overpayments', to='suppliers.supplier'),
        ),
        migrations.AddField(
            model_name='demand',
            name='overpayment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='demand', to='claims.overpayment'),
        ),
        migrations.AddField(
            model_name='redetermination',
            name='overpayment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='redetermination', to='claims.overpayment'),
        ),
        migrations.AddField(
            model_name='refund',
            name='overpayment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='claims.overpayment'),
        ),
        migrations.AddField(
            model_name='ledgertransfer',
            name='refund',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to='claims.refund'),
        ),
        migrations.AddIndex(
            model_name='ledgertransfer',
            index=models.Index(condition=models.Q(('remittance__isnull', False)), fields=['remittance'], name='claims_transfer_remitted'),
        ),
        migrations.AddIndex(
            model_name='ledgertransfer',
            index=models.Index(condition=models.Q(('settles__isnull', False)), fields=['settles'], name='claims_transfer_settling'),
        ),
        migrations.AddIndex(
            model_name='ledgertransfer',
            index=models.Index(condition=models.Q(('refund__isnull', False)), fields=['refund'], name='claims_transfer_refunded'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'benefit'), ('target', 'payable')), models.Q(('source', 'payable'), ('target__in', ('benefit', 'bank', 'overpayment'))), models.Q(('source', 'interest'), ('target', 'bank')), models.Q(('source', 'overpayment'), ('target', 'benefit')), models.Q(('source', 'bank'), ('target', 'overpayment')), _connector='OR'), name='claims_transfer_between_known_accounts'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(('remittance__isnull', True), models.Q(('target', 'bank'), models.Q(('source', 'payable'), ('target', 'overpayment')), _connector='OR'), _connector='XOR'), name='claims_transfer_to_the_bank_is_remitted'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(('settles__isnull', True), ('target', 'overpayment'), _connector='XOR'), name='claims_transfer_settles_a_debt'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(('refund__isnull', True), ('source', 'bank'), _connector='XOR'), name='claims_transfer_from_the_bank_is_a_refund'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.UniqueConstraint(fields=('decision', 'source', 'target', 'settles', 'refund'), name='claims_transfer_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='overpayment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='claims_overpayment_is_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overpayment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='6d853cb7a02782e00cd6a2e0f9eee5231e54433a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b966c', table='claims_overpayment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='overpayment',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='51cd38ee13134937718351eb9f5b6b113ed34d07', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_0cf42', table='claims_overpayment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='demand',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='044eba94ff03878581d0711750cff8a66c10bb5f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e8dc', table='claims_demand', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='demand',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='5dfee0f2d411407b6120abbfcd067a1d1bb3474c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_a76e3', table='claims_demand', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='redetermination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='claims_redetermination_decided_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='claims_refund_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.UniqueConstraint(fields=('overpayment', 'reference'), name='claims_refund_recorded_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='52ba319574b93aa83f77bf0e7d125423e6916ed3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2ce7b', table='claims_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);", hash='7120625b877364c615f608949a55313906d696e9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_92b44', table='claims_refund', when='BEFORE')),
        ),
    ]
