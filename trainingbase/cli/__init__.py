"""Every batch job as a command: `trainingbase --help` is the list.

Commands are loaded when they are called, so that `trainingbase plan` carries no web framework.
"""

import os
import signal
import sys
from importlib import import_module

if (
    os.path.basename(sys.argv[0]) in ("trainingbase", "trainingbase.exe", "-m")
    and signal.getsignal(signal.SIGINT) is signal.default_int_handler
):
    # an interrupt while modules load ends the command without a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import click

COMMANDS = {
    "demo": "trainingbase.cli.demo:demo",
    "seed": "trainingbase.cli.seeding:seed",
    "serve": "trainingbase.cli.serving:serve",
    "worker": "trainingbase.cli.serving:worker",
    "init": "trainingbase.cli.database:init",
    "account": "trainingbase.cli.database:account",
    "import": "trainingbase.cli.imports:command",
    "plan": "trainingbase.cli.plan:plan",
    "check-plan": "trainingbase.cli.plan:check_plan",
    "what-if": "trainingbase.cli.what_if:command",
    "reliability": "trainingbase.cli.reliability:command",
    "run-incentives": "trainingbase.cli.figures:run_incentives",
    "count-figures": "trainingbase.cli.figures:count_figures",
    "verify-figures": "trainingbase.cli.figures:verify_figures",
    "verify-ledger": "trainingbase.cli.figures:verify_ledger",
    "keep-locked-months": "trainingbase.cli.figures:keep_locked_months",
    "replay-packet": "trainingbase.cli.committee:replay_packet",
    "explain-self-assessment": "trainingbase.cli.explaining:explain_self_assessment",
    "verify-audit": "trainingbase.cli.database:verify_audit",
}


class Commands(click.Group):
    def list_commands(self, ctx):
        return list(COMMANDS)

    def get_command(self, ctx, name):
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(":")
        return getattr(import_module(module), function)


@click.command(cls=Commands)
@click.version_option(package_name="trainingbase")
def main() -> None:
    """Runs a General Practice residency training base."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
