import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('beneficiaries', '0002_documents'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historyarrival',
            name='kind',
            field=models.CharField(choices=[('people', 'People with their MBI and address'), ('providers', 'Providers who care for a patient'), ('coverage', 'Entitlement and other insurance'), ('stays', 'Stays in a hospital or skilled nursing facility'), ('drug_claims', 'Drug claims of the DME benefit'), ('outside_visits', 'Visits decided by other contractors'), ('deductible', 'Deductible used elsewhere'), ('deaths', 'Deaths'), ('plans', 'Plans of care'), ('suppliers', 'Records of suppliers'), ('decisions', 'Decisions on other claims')], max_length=20),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='beneficiarymbi',
            trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'people', NEW.beneficiary_id; RETURN NULL;", hash='f4bf402c3b26f3dbf83df3325945e1b8ca94dea4', operation='INSERT', pgid='pgtrigger_announce_added_1913e', table='beneficiaries_beneficiarymbi', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='beneficiarymbi',
            trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'people', NEW.beneficiary_id; RETURN NULL;", hash='bde4416087ce3e94fd1630f9ec4a244865070b99', operation='UPDATE', pgid='pgtrigger_announce_changed_7cd2f', table='beneficiaries_beneficiarymbi', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planofcare',
            trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', NEW.beneficiary_id; RETURN NULL;", hash='0e55d55f802b18c667c72b9c8c6946a3a160b7e8', operation='INSERT', pgid='pgtrigger_announce_added_80773', table='beneficiaries_planofcare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planofcare',
            trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', NEW.beneficiary_id; RETURN NULL;", hash='e28439cbf534ab313eda4a7b33820b86d82dfd13', operation='UPDATE', pgid='pgtrigger_announce_changed_f36e0', table='beneficiaries_planofcare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planofcareversion',
            trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='57d0a87f054ef942f8cf957885c0c00f74dc00fb', operation='INSERT', pgid='pgtrigger_announce_added_237fc', table='beneficiaries_planofcareversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planofcareversion',
            trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='4ebd7df4bc780b4a59289690b6a5a0f5785b22c2', operation='UPDATE', pgid='pgtrigger_announce_changed_b346b', table='beneficiaries_planofcareversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planreview',
            trigger=pgtrigger.compiler.Trigger(name='announce_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='fe7381a0165b791b498bcc6d877f7a363a87cb03', operation='INSERT', pgid='pgtrigger_announce_added_e6245', table='beneficiaries_planreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planreview',
            trigger=pgtrigger.compiler.Trigger(name='announce_changed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT 'plans', p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id; RETURN NULL;", hash='94ccb70af54d7925906f558e4fa9ffe043c6000d', operation='UPDATE', pgid='pgtrigger_announce_changed_d29dc', table='beneficiaries_planreview', when='AFTER')),
        ),
    ]
