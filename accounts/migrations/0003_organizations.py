"""Programs, which act by a key of the API and never sign in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_shared_cache'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='is_program',
            field=models.BooleanField(default=False, editable=False, verbose_name='a program, not a person'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_program', False), ('is_active', False), _connector='OR'), name='person_program_never_signs_in'),
        ),
    ]
