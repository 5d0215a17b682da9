"""Notices and webhooks: what suppliers are told when a claim moves."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_review"),
        ("suppliers", "0002_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('mail', models.CharField(choices=[('digest', 'One e-mail a day, when there is something new'), ('at_once', 'An e-mail as soon as there is something new'), ('none', 'No e-mail')], default='digest', max_length=8)),
                ('read_up_to', models.BigIntegerField(default=0)),
                ('mailed_up_to', models.BigIntegerField(default=0)),
                ('mailed_on', models.DateField(blank=True, null=True, verbose_name='day of the last mail')),
            ],
        ),
        migrations.CreateModel(
            name='ToldUpTo',
            fields=[
                ('table', models.CharField(max_length=63, primary_key=True, serialize=False)),
                ('last_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name_plural': 'told up to',
            },
        ),
        migrations.CreateModel(
            name='SupplierNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('claim.decided', 'Claim decided'), ('claim.held', 'Claim waits'), ('claim.paid', 'Claim paid'), ('records.requested', 'Records asked for'), ('file.refused', 'File or claims refused'), ('key.expiring', 'Key of a program expires'), ('test', 'Test')], max_length=20)),
                ('outcome', models.CharField(blank=True, max_length=7)),
                ('on', models.DateField(verbose_name='business date')),
                ('due', models.DateField(blank=True, null=True, verbose_name='to be answered by')),
                ('source', models.CharField(max_length=60)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('is_passed_on', models.BooleanField(db_default=False, default=False)),
                ('claim', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim')),
                ('file', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.receivedfile')),
                ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplier', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='suppliers.supplier')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='NoticeRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='claims.suppliernotice')),
            ],
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('dead', 'Given up')], default='waiting', max_length=9)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try', models.DateTimeField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.suppliernotice')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='WebhookAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='HTTP status')),
                ('error', models.CharField(blank=True, max_length=300)),
                ('milliseconds', models.PositiveIntegerField()),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='claims.webhookdelivery')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500, verbose_name='address')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('claim.decided', 'Claim decided'), ('claim.held', 'Claim waits'), ('claim.paid', 'Claim paid'), ('records.requested', 'Records asked for'), ('file.refused', 'File or claims refused'), ('key.expiring', 'Key of a program expires'), ('test', 'Test')], max_length=20), size=None)),
                ('secret', models.TextField(verbose_name='encrypted secret')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stopped_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='suppliers.supplier')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='endpoint',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='claims.webhookendpoint'),
        ),
        migrations.AddIndex(
            model_name='suppliernotice',
            index=models.Index(fields=['supplier', '-id'], name='claims_notices_of_supplier'),
        ),
        migrations.AddIndex(
            model_name='suppliernotice',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person', '-id'], name='claims_notices_of_person'),
        ),
        migrations.AddIndex(
            model_name='suppliernotice',
            index=models.Index(condition=models.Q(('is_passed_on', False)), fields=['id'], name='claims_notices_to_pass_on'),
        ),
        migrations.AddConstraint(
            model_name='suppliernotice',
            constraint=models.UniqueConstraint(fields=('source',), name='claims_notice_once'),
        ),
        migrations.AddConstraint(
            model_name='suppliernotice',
            constraint=models.CheckConstraint(condition=models.Q(('supplier__isnull', False), ('person__isnull', False), _connector='OR'), name='claims_notice_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='noticeread',
            constraint=models.UniqueConstraint(fields=('notice', 'user'), name='claims_notice_read_once'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('supplier', 'url'), name='claims_webhook_once'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stopped_at__isnull', True), ('stopped_by__isnull', True)), models.Q(('stopped_at__isnull', False), ('stopped_by__isnull', False)), _connector='OR'), name='claims_webhook_stopped_by_someone'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try'], name='claims_deliveries_due'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['endpoint', '-id'], name='claims_deliveries_of'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('endpoint', 'notice'), name='claims_delivery_once'),
        ),
    ]
