import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('policy', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100)),
                ('source', models.CharField(max_length=300)),
                ('reason', models.CharField(max_length=500)),
                ('publish_on', models.DateField(verbose_name='day of publication')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waits for approval'), ('refused', 'Refused'), ('scheduled', 'Approved, waits for its day'), ('published', 'Published'), ('discarded', 'Discarded')], default='draft', max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('made_on', models.DateField()),
                ('proposed_on', models.DateField(blank=True, null=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ChangeSetEditor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='ProposedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('table', models.CharField(max_length=40)),
                ('act', models.CharField(choices=[('add', 'Add a row'), ('end', 'End a row'), ('replace', 'Replace a row'), ('load', 'Row of a file'), ('restore', 'Restore a row as it was known'), ('remove', 'Take back a row')], max_length=10)),
                ('replaces', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('content', models.JSONField(blank=True, default=dict)),
                ('start', models.DateField(blank=True, null=True)),
                ('end', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=300)),
                ('basis', models.CharField(choices=[('published', 'Published'), ('estimated', 'Estimated'), ('inferred', 'Inferred')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('line', models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ('change_set', 'number'),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='of_a_change_set', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."published_by_id" IS NOT NULL)', constraint='CONSTRAINT', func="\nIF NOT EXISTS (\n    SELECT FROM policy_changeset WHERE publication_id = NEW.id AND decided_by_id = NEW.published_by_id\n) THEN\n    RAISE EXCEPTION 'publication % belongs to no change set that its person approved', NEW.id\n    USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='e01ceffefe269e11c94f52d87d3cd78a9978e3ca', operation='INSERT OR UPDATE', pgid='pgtrigger_of_a_change_set_97cc2', table='policy_publication', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddField(
            model_name='changeset',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='changeset',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='changeset',
            name='proposed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='changeset',
            name='publication',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='change_set', to='policy.publication'),
        ),
        migrations.AddField(
            model_name='changeset',
            name='undoes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='policy.changeset'),
        ),
        migrations.AddField(
            model_name='changeseteditor',
            name='change_set',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='editors', to='policy.changeset'),
        ),
        migrations.AddField(
            model_name='changeseteditor',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='proposedrow',
            name='change_set',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='policy.changeset'),
        ),
        migrations.AddField(
            model_name='proposedrow',
            name='put_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='changeset',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(models.Q(('decided_by', models.F('made_by')), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), ('proposed_by__isnull', False)), _connector='OR'), name='policy_change_set_second_person'),
        ),
        migrations.AddConstraint(
            model_name='changeset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('state__in', ('refused', 'scheduled', 'published'))), models.Q(models.Q(('state__in', ('refused', 'scheduled', 'published')), _negated=True), ('decided_by__isnull', True), ('decided_on__isnull', True)), _connector='OR'), name='policy_change_set_decided'),
        ),
        migrations.AddConstraint(
            model_name='changeset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publication__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('publication__isnull', True)), _connector='OR'), name='policy_change_set_published'),
        ),
        migrations.AddConstraint(
            model_name='changeset',
            constraint=models.UniqueConstraint(condition=models.Q(('undoes__isnull', False), models.Q(('state', 'discarded'), _negated=True)), fields=('undoes',), name='policy_change_set_undone_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeset',
            trigger=pgtrigger.compiler.Trigger(name='change_set_moves_along_the_arrows', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:proposed,draft:discarded,proposed:draft,proposed:refused,proposed:scheduled,proposed:published,refused:draft,scheduled:draft,scheduled:published}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7b96b45dd43181db5b28d99f7bd3d27cc946d994', operation='UPDATE', pgid='pgtrigger_change_set_moves_along_the_arrows_bd1c5', table='policy_changeset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeset',
            trigger=pgtrigger.compiler.Trigger(name='proposed_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.made_by_id <> OLD.made_by_id OR NEW.made_on <> OLD.made_on THEN\n    RAISE EXCEPTION 'who made change set % stays', OLD.id USING ERRCODE = 'check_violation';\nEND IF;\nIF OLD.state <> 'draft' AND (NEW.title, NEW.source, NEW.reason, NEW.publish_on, NEW.undoes_id)\n    IS DISTINCT FROM (OLD.title, OLD.source, OLD.reason, OLD.publish_on, OLD.undoes_id) THEN\n    RAISE EXCEPTION 'change set % is %, what it says stays', OLD.id, OLD.state USING ERRCODE = 'check_violation';\nEND IF;\nIF OLD.publication_id IS NOT NULL AND NEW.* IS DISTINCT FROM OLD.* THEN\n    RAISE EXCEPTION 'change set % is published', OLD.id USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='5a10565461b65575c9a8cc0343745dcb94be350d', operation='UPDATE', pgid='pgtrigger_proposed_stays_10457', table='policy_changeset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeset',
            trigger=pgtrigger.compiler.Trigger(name='second_person', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."decided_by_id" IS NOT NULL)', func="\nIF EXISTS (SELECT FROM policy_changeseteditor WHERE change_set_id = NEW.id AND person_id = NEW.decided_by_id) THEN\n    RAISE EXCEPTION 'who wrote in change set % cannot decide it', NEW.id USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='0ce7fc492d526d39127ba3e757faf8ef3549e329', operation='INSERT OR UPDATE', pgid='pgtrigger_second_person_62f0c', table='policy_changeset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeset',
            trigger=pgtrigger.compiler.Trigger(name='begins_as_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'draft\'))', func="RAISE EXCEPTION 'a change set begins as a draft' USING ERRCODE = 'check_violation';", hash='b1e1fcfbabb671729827de11493c73d841835604', operation='INSERT', pgid='pgtrigger_begins_as_a_draft_e8ddc', table='policy_changeset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeset',
            trigger=pgtrigger.compiler.Trigger(name='maker_writes', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nINSERT INTO policy_changeseteditor (change_set_id, person_id) VALUES (NEW.id, NEW.made_by_id) ON CONFLICT DO NOTHING;\nRETURN NULL;\n', hash='365ca3542e2bf8291e0d9340496f263bdc4fa16c', operation='INSERT', pgid='pgtrigger_maker_writes_630ab', table='policy_changeset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeset',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ec47d568db6de6a290ffabbf2b0d6623e67adf6f', operation='DELETE', pgid='pgtrigger_never_deleted_dfb10', table='policy_changeset', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='changeseteditor',
            constraint=models.UniqueConstraint(fields=('change_set', 'person'), name='policy_change_set_editor_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changeseteditor',
            trigger=pgtrigger.compiler.Trigger(name='editors_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'who wrote in a change set stays' USING ERRCODE = 'check_violation';", hash='e8be096928f83f13ce8437c0135c398c87d38a22', operation='UPDATE OR DELETE', pgid='pgtrigger_editors_stay_b9c99', table='policy_changeseteditor', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='proposedrow',
            constraint=models.UniqueConstraint(fields=('change_set', 'number'), name='policy_proposed_row_once'),
        ),
        migrations.AddConstraint(
            model_name='proposedrow',
            constraint=models.CheckConstraint(condition=models.Q(('start__isnull', True), ('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='policy_proposed_row_span'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposedrow',
            trigger=pgtrigger.compiler.Trigger(name='rows_of_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\nSELECT state INTO found FROM policy_changeset\nWHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.change_set_id ELSE NEW.change_set_id END FOR SHARE;\nIF found <> 'draft' THEN\n    RAISE EXCEPTION 'the rows of a change set that is % stay', found USING ERRCODE = 'check_violation';\nEND IF;\nIF TG_OP = 'DELETE' THEN\n    RETURN OLD;\nEND IF;\nIF TG_OP = 'UPDATE' AND NEW.change_set_id <> OLD.change_set_id THEN\n    RAISE EXCEPTION 'a row stays in its change set' USING ERRCODE = 'check_violation';\nEND IF;\nIF NOT EXISTS (\n    SELECT FROM policy_changeseteditor WHERE change_set_id = NEW.change_set_id AND person_id = NEW.put_by_id\n) THEN\n    INSERT INTO policy_changeseteditor (change_set_id, person_id) VALUES (NEW.change_set_id, NEW.put_by_id)\n    ON CONFLICT DO NOTHING;\nEND IF;\nRETURN NEW;\n", hash='a9ba987e2879cec06e0c9d793683fe54c7187295', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_rows_of_a_draft_57f9f', table='policy_proposedrow', when='BEFORE')),
        ),
    ]
