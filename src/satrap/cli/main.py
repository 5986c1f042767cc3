"""The ``satrap`` command."""

import importlib
import keyword
import sys
from typing import Any

import click

from satrap import __version__
from satrap.errors import SatrapError
from satrap.protect import faults

FAULT = 70  # exit code: EX_SOFTWARE of sysexits.h

# Name of each command and its line in the overview. A command's module is imported when it is called, so
# that asking for help does not wait for a language model.
COMMANDS = {
    "demo": "The whole path on the bundled North Korea chronology, ending in brief.html.",
    "init": "Make a project folder for a country.",
    "read": "Read reports into the ledger as attributed claims.",
    "explain": "Show which reading rules fired on a sentence or a report, and why.",
    "rules": "List the reading rules, or test them and your own.",
    "claims": "List recorded claims.",
    "review": "Judge what the reader made of reports: accept, correct, reject.",
    "stories": "List reports that descend from one telling; split or join them.",
    "search": "Find claims by words.",
    "conflicts": "Show claims that cannot both be true, side by side.",
    "tenure": "Show who held a post, or what posts a person held, by claims.",
    "estimate": "Estimate who holds how much authority, by place and week.",
    "why": "Show the claims that moved an estimate, and by how much.",
    "sensitivity": "Show on whom a change of authority rests.",
    "compare": "Weigh hypotheses about authority by what the claims say.",
    "rivals": "Weigh rival explanations of a case by what each would have claims tell.",
    "simulate": "Simulate what happens to residents when authority moves.",
    "parameters": "Show which parameters a scenario's answer hangs on.",
    "calibrate": "Hold a scenario against what was observed: which parameters that informs.",
    "forecast": "State what to expect as probabilities; seal, settle and score it.",
    "backtest": "Show how well forecasts would have done, from what was known at each time.",
    "brief": "Write the brief: what changed, how sure, on whose word.",
    "serve": "Show the project in a browser on this machine.",
    "vault": "Keep who told it in a file of its own that two people open together.",
    "export": "Write claims for other tools, in open formats.",
    "import": "Take in claims that other tools and people have made.",
    "log": "List what happened in the ledger: when, by whom, to what.",
    "verify": "Check that nothing in the ledger was altered.",
    "prove": "Prove that an entry stands in the ledger.",
    "countersign": "Sign what the ledger commits to, or check such a signature.",
    "backup": "Write all that the ledger holds to a file, while others go on writing.",
    "restore": "Make the ledger again from a backup.",
    "migrate": "Bring a ledger that an earlier satrap made up to date.",
}


class Commands(click.Group):
    """Finds each command in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = f"{name}_" if keyword.iskeyword(name) else name  # such as `import`
        command = importlib.import_module(f"satrap.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""Start with `satrap demo`, or:

\b
  satrap init north-korea --country kp
  cd north-korea
  satrap read reports/ --publisher "Daily NK" --published 2017-06-15
  satrap brief
""",
)
@click.version_option(__version__)
@click.option(
    "--debug", is_flag=True, help="Show where an unexpected fault arose; never what was being read."
)
def satrap(debug: bool) -> None:
    """Who holds power, where, and on whose word."""


def main(arguments: list[str] | None = None) -> Any:
    """Run; errors a user can mend are one line on standard error and exit code 1, never a traceback.

    So is any other fault, by its place alone (exit code 70): its message may quote a report.
    """
    if arguments is None:  # nobody's but our own process
        faults.keep_quiet()
    try:
        return satrap.main(args=arguments, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except SatrapError as error:
        click.echo(f"satrap: {error}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("satrap: interrupted; what was recorded is kept, run it again to go on", err=True)
        sys.exit(130)
    except BrokenPipeError:  # `satrap claims | head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if "--debug" in (sys.argv if arguments is None else arguments):
            click.echo("\n".join(faults.outline(error)), err=True)
        click.echo(
            f"satrap: a fault of satrap's own: {faults.place(error)}; what was recorded is kept; report it "
            "with what `satrap --debug …` prints: it holds no words of any report",
            err=True,
        )
        sys.exit(FAULT)
