"""The servers that come with the project: PostgreSQL and Valkey, started and stopped by its own commands.

Every command that needs a server holds a shared file lock while it runs. The first one starts the server, the
others use it, and when the last lock is gone, also because a command was killed, the server is stopped.
With `DATABASE_URL` or `BROKER_URL` in the environment the server of that name is somebody else's: nothing is started.
"""

from hit_project.embedded.commands import servers, servers_for_command
from hit_project.embedded.refusals import ExitCode, Refusal

__all__ = ["ExitCode", "Refusal", "servers", "servers_for_command"]
