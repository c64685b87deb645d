"""`coach livekit`: the managed LiveKit server, by hand."""

import typer

from coach.livekit_server import lifecycle, upkeep
from coach.livekit_server.expose import expose

app = typer.Typer(
    help="The LiveKit server on this machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

for command in (
    upkeep.install,
    upkeep.upgrade,
    lifecycle.start,
    lifecycle.stop,
    lifecycle.restart,
    lifecycle.status,
    lifecycle.logs,
    expose,
    upkeep.enable,
    upkeep.disable,
    upkeep.uninstall,
):
    app.command()(command)
