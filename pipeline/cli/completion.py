"""The command `unres completion`: what makes a shell complete our commands, options and their values."""

from __future__ import annotations

import click

VARIABLE = "_UNRES_COMPLETE"
"""Where it is set, click answers a shell that asks how a line may go on."""

WHERE = """\b
bash  ~/.bashrc: eval "$(unres completion bash)"
zsh   ~/.zshrc, after compinit: eval "$(unres completion zsh)"
fish  once: unres completion fish > ~/.config/fish/completions/unres.fish
"""


@click.command(epilog=WHERE)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, *, shell: str) -> None:
    """Print what makes a shell complete commands, options and their values."""
    from click.shell_completion import BashComplete, FishComplete, ZshComplete  # noqa: PLC0415 - few commands need it

    kinds = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    click.echo(kinds[shell](ctx.find_root().command, {}, "unres", VARIABLE).source(), nl=False)
