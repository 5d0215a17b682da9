"""Letters made in the background, as one worker does it: `python -m tests.benchmarks.bench_letters`."""

from __future__ import annotations

import argparse
import resource
import time

from tests.benchmarks.database import measured_database
from tests.benchmarks.report import Figure, report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    arguments = parser.parse_args()
    with measured_database(broker=True):
        measure(arguments.letters)


def measure(count: int) -> None:
    from medical_review.letters.pdf import make_next_file

    write_letters(count)
    make_next_file()
    first = memory()
    start, made = time.perf_counter(), 0
    while make_next_file():
        made += 1
        if made % 200 == 0:
            print(f"{made} of {count - 1} made, {memory():.0f} MB", flush=True)
    seconds = time.perf_counter() - start
    report(
        Figure("letters made by one worker", made / seconds, "letters/s"),
        Figure("1,000 letters, by one worker", 1000 * seconds / made / 60, "minutes", "≤ 5"),
        Figure("memory of the worker after one letter", first, "MB"),
        Figure("memory of the worker at its highest", memory(), "MB"),
    )


def memory() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_letters(count: int) -> None:
    """Letters of the usual length: a request for six documents, each to a supplier's claim of its own number."""
    import datetime as dt

    from accounts.models import Role, User
    from claims.adjudication.queue import adjudicate_all
    from medical_review.actions.assigning import take
    from medical_review.actions.opening import open_due_cases
    from medical_review.models import Case, Letter
    from medical_review.requests.asking import ask, slots_for
    from medical_review.requests.catalogue import askable_about
    from policy import clock
    from tests.claims.pages.scene import TODAY, line
    from tests.factories.world import base_world

    clock.set_today(TODAY)
    world = base_world(plan={"incomplete": True})
    world.claim(lines=[line("G0088", dt.date(2026, 1, 5)), line("G0068", dt.date(2026, 1, 7))])
    adjudicate_all()
    open_due_cases()
    person = User.objects.create_user("rosa@example.org", "x" * 20, name="Rosa Reviewer", role=Role.REVIEWER)
    case = take(Case.objects.select_related("claim", "supplier").get(), person, by=person)
    ask([case], slots_for([case], list(askable_about([case.claim]))[:5], ()), why="Times are not shown.", by=person)
    one = Letter.objects.get()
    copies = []
    for number in range(1, count):
        copy = Letter.objects.get(pk=one.pk)
        copy.pk, copy.key = None, f"copy:{number}"
        copy.text = copy.text.replace(case.claim.icn, f"{number:013d}")
        copies.append(copy)
    Letter.objects.bulk_create(copies, batch_size=500)


if __name__ == "__main__":
    main()
