"""What medical review leaves on claims."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_inquiries"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(
            model_name='determination',
            name='kind',
            field=models.CharField(choices=[('override', 'Override of an edit'), ('waiver', 'Waiver of an edit'), ('drug_category', 'Payment category of a drug without a code'), ('timely_filing', 'Exception to timely filing'), ('review_affirm', 'Affirmed in medical review'), ('review_code', 'Adjusted in medical review to another code'), ('review_deny', 'Denied in medical review')], max_length=15),
        ),
        migrations.AlterField(
            model_name='determination',
            name='value',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name='reviewreferral',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='reviewreferralend',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
