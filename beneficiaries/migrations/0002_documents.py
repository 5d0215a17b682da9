import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('beneficiaries', '0001_initial'),
        ('suppliers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                'ordering': ('pk',),
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
            ],
            options={
                'ordering': ('-saved_at', '-pk'),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planofcareversion',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planofcareversion',
            name='update_update',
        ),
        migrations.AddField(
            model_name='planofcareversion',
            name='dme_consulted',
            field=models.DateField(blank=True, null=True, verbose_name='DME supplier consulted'),
        ),
        migrations.AddField(
            model_name='planofcareversion',
            name='dme_supplier',
            field=models.CharField(blank=True, max_length=120, verbose_name='DME supplier'),
        ),
        migrations.AddField(
            model_name='planofcareversion',
            name='needs',
            field=models.CharField(blank=True, max_length=500, verbose_name='needs of this patient'),
        ),
        migrations.AddField(
            model_name='planofcareversion',
            name='prescriber_consulted',
            field=models.DateField(blank=True, null=True, verbose_name='prescriber of the drug consulted'),
        ),
        migrations.AddField(
            model_name='planofcareversion',
            name='signed_page',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='page of the signature'),
        ),
        migrations.AddField(
            model_name='planofcareversionevent',
            name='dme_consulted',
            field=models.DateField(blank=True, null=True, verbose_name='DME supplier consulted'),
        ),
        migrations.AddField(
            model_name='planofcareversionevent',
            name='dme_supplier',
            field=models.CharField(blank=True, max_length=120, verbose_name='DME supplier'),
        ),
        migrations.AddField(
            model_name='planofcareversionevent',
            name='needs',
            field=models.CharField(blank=True, max_length=500, verbose_name='needs of this patient'),
        ),
        migrations.AddField(
            model_name='planofcareversionevent',
            name='prescriber_consulted',
            field=models.DateField(blank=True, null=True, verbose_name='prescriber of the drug consulted'),
        ),
        migrations.AddField(
            model_name='planofcareversionevent',
            name='signed_page',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='page of the signature'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planofcareversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "beneficiaries_planofcareversionevent" ("amount", "arrival", "changed_on", "credential", "discipline", "dme_consulted", "dme_supplier", "dosage", "drugs", "duration", "frequency", "id", "needs", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "physician_name", "physician_npi", "plan_id", "prescriber_consulted", "professional_services", "route", "signed", "signed_page", "therapy_type", "visits_per_week") VALUES (NEW."amount", NEW."arrival", NEW."changed_on", NEW."credential", NEW."discipline", NEW."dme_consulted", NEW."dme_supplier", NEW."dosage", NEW."drugs", NEW."duration", NEW."frequency", NEW."id", NEW."needs", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."physician_name", NEW."physician_npi", NEW."plan_id", NEW."prescriber_consulted", NEW."professional_services", NEW."route", NEW."signed", NEW."signed_page", NEW."therapy_type", NEW."visits_per_week"); RETURN NULL;', hash='f4b26c283001af19000d24dcdb67ad6be8c59f29', operation='INSERT', pgid='pgtrigger_insert_insert_775b8', table='beneficiaries_planofcareversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planofcareversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "beneficiaries_planofcareversionevent" ("amount", "arrival", "changed_on", "credential", "discipline", "dme_consulted", "dme_supplier", "dosage", "drugs", "duration", "frequency", "id", "needs", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "physician_name", "physician_npi", "plan_id", "prescriber_consulted", "professional_services", "route", "signed", "signed_page", "therapy_type", "visits_per_week") VALUES (NEW."amount", NEW."arrival", NEW."changed_on", NEW."credential", NEW."discipline", NEW."dme_consulted", NEW."dme_supplier", NEW."dosage", NEW."drugs", NEW."duration", NEW."frequency", NEW."id", NEW."needs", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."physician_name", NEW."physician_npi", NEW."plan_id", NEW."prescriber_consulted", NEW."professional_services", NEW."route", NEW."signed", NEW."signed_page", NEW."therapy_type", NEW."visits_per_week"); RETURN NULL;', hash='c02e93759de01ea8caf1c7bd4ea1b42acf6bfc00', operation='UPDATE', pgid='pgtrigger_update_update_b2084', table='beneficiaries_planofcareversion', when='AFTER')),
        ),
        migrations.AddField(
            model_name='document',
            name='beneficiary',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='beneficiaries.beneficiary'),
        ),
        migrations.AddField(
            model_name='document',
            name='sent_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='suppliers.supplier'),
        ),
        migrations.AddField(
            model_name='document',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='beneficiaries.planofcareversion'),
        ),
        migrations.AddField(
            model_name='plandraft',
            name='beneficiary',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beneficiaries.beneficiary'),
        ),
        migrations.AddField(
            model_name='plandraft',
            name='filed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='beneficiaries.planofcareversion'),
        ),
        migrations.AddField(
            model_name='plandraft',
            name='made_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plandraft',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='beneficiaries.planofcare'),
        ),
        migrations.AddField(
            model_name='plandraft',
            name='saved_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plandraft',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_drafts', to='suppliers.supplier'),
        ),
        migrations.AddField(
            model_name='document',
            name='draft',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='beneficiaries.plandraft'),
        ),
        migrations.AddConstraint(
            model_name='plandraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('plan__isnull', True), ('purpose', 'new')), models.Q(models.Q(('purpose', 'new'), _negated=True), ('plan__isnull', False)), _connector='OR'), name='beneficiaries_draft_of_a_plan'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('scan', 'waiting')), fields=['scan'], name='beneficiaries_to_be_scanned'),
        ),
    ]
