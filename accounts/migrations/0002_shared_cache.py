"""The table of the shared cache, in which the rate limits of signing in are counted.

What `createcachetable` makes, but unlogged: a cache that is empty after a crash harms nobody.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE UNLOGGED TABLE shared_cache (
                    cache_key varchar(255) NOT NULL PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamp with time zone NOT NULL
                );
                CREATE INDEX shared_cache_expires ON shared_cache (expires);
            """,
            reverse_sql="DROP TABLE shared_cache",
        )
    ]
