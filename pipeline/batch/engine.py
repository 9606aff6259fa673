"""Where documents are converted: by processes of this one, by one beside it, or by a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.address import IN_ONE_PROCESS, Address
from pipeline.batch.pool import open_pool
from pipeline.batch.shown import shown
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.carried import Cargo
    from pipeline.batch.document import Options
    from pipeline.batch.executor import Executor
    from pipeline.batch.isolation import Answer, Limits
    from pipeline.batch.plan import Job, Plan


def open_executor(
    work: Callable[[Job], Answer],
    warm: Callable[[], object],
    *,
    limits: Limits,
    jobs: int,
    scheduler: str | None,
    cargo: Cargo | None,
) -> Executor[Job]:
    """Return what does `work`: so many documents at a time, or the workers of a cluster.

    `cargo` is what is carried of each document, None where all lies on this machine.
    Raises ClusterError and UsageError.
    """
    if scheduler is not None:
        from pipeline.batch.cluster import Clustered  # noqa: PLC0415 - few runs need it

        return Clustered(scheduler, work, warm, limits, cargo)
    if cargo is None:
        return open_pool(work, warm, limits, jobs)
    from pipeline.batch.beside import Beside, Setup  # noqa: PLC0415 - as above
    from pipeline.batch.carried import Carried  # noqa: PLC0415 - as above

    return Carried(Beside(), Setup(work, warm, limits, jobs, str(Path.cwd())), cargo)


def cargo_of(plan: Plan, options: Options, number: int | None, scheduler: str | None) -> Cargo | None:
    """Return what a run of this number carries of each document; None where all lies on this machine.

    Raises UsageError where a cluster would not see what is to be carried.
    """
    addresses = [place for place in (plan.out, *(job.source for job in plan.jobs)) if isinstance(place, Address)]
    if not addresses:
        return None
    own = next((address for address in addresses if address.protocol in IN_ONE_PROCESS), None)
    if scheduler and own:
        msg = f"{shown(own)}: lies in the memory of this process, which the workers of a cluster do not see"
        raise UsageError(msg)
    from pipeline.batch.carried import Cargo  # noqa: PLC0415 - few runs need it

    return Cargo(options.limits.largest + 1, options.suffixes, number)
