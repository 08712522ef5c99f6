#!/usr/bin/env python3
"""Grade a list of submissions on a Dask cluster.

    python3 dask_grade.py class.csv --output results.jsonl -- handle-a-disconnect --per-host 4
    python3 dask_grade.py class.csv --scheduler tcp://10.0.0.5:8786 --collect --output results.jsonl -- handle-a-disconnect

Every part of the list is a task that runs `grade batch --shard i/n`. Which worker runs it, and what happens when one is lost, is
Dask's business; that nothing is graded twice is the journal's. What stands behind `--` goes to `grade batch` as it is.

The same command goes on with what is missing; to grade the same list anew, remove the folder of the journals.

The exit code is that of `grade merge`, which is that of all submissions together; 2 where a part could not be graded, 130 after Ctrl-C.
"""

import argparse
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid

from distributed import Client, Event, LocalCluster, as_completed

# Exit codes of `grade batch` that are an answer: all passed, one failed, one could not be checked.
# Its 2 is none, and neither is a signal: they fail the task, and Dask tries it again.
ANSWERS = (0, 1, 3)
# What grade says of a journal that another process holds: the one of a worker that was lost and whose grade was not.
IN_USE = "another run is using the journal"


class PartFailed(Exception):
    """A part has no answer; the text is what grade said."""


def grade_part(grade, arguments, listing, ending, part, journals, collect, stop_name):
    """The task: grades one part of the list (bytes), and gives its exit code, what grade said last, and with `collect` the journal.

    A task that is run again finds the journal of the one before, where the folder `journals` is the same, and goes on behind it.
    """
    stop = Event(stop_name)
    index, count = part
    journal = pathlib.Path(journals) / f"part-{index}-of-{count}.journal"
    journal.parent.mkdir(parents=True, exist_ok=True)
    command = [grade, "batch", "-", "--input", ending, "--shard", f"{index}/{count}"]
    command += ["--journal", str(journal), "--resume", *arguments]
    # On Linux the kernel ends grade when its worker dies. Elsewhere it goes on to the end of its part, and the next one waits.
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "TERM", *command]
    tell(f"part {index}/{count} begins")
    while True:
        code, said = run(command, listing, stop)
        if code == 2 and IN_USE in said and not stop.is_set():
            stop.wait(1)
            continue
        break
    tell(f"part {index}/{count} ends with {code}")
    if code not in ANSWERS:
        raise PartFailed(f"part {index}/{count}: grade ended with {code}: {said.strip()}")
    return code, said, journal.read_bytes() if collect else None


def tell(line):
    """Prints a line in one piece: workers share the output, and where it is not buffered `print` writes the end of a line by itself."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(command, listing, stop):
    """Runs a command with the list as its input, until it ends or everything is to stop; gives its exit code and its messages.

    Input and messages are files: a pipe that nobody empties would hold grade up. The results are in the journal.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(listing)
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, stderr=said)
        try:
            while process.poll() is None:
                if stop.wait(0.2):
                    process.terminate()  # grade ends in good order
                    process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        said.seek(0)
        return process.returncode, said.read().decode(errors="replace")


def local_cluster(workers):
    """Worker processes on this machine. Ctrl-C is for this process alone, which then stops them."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    finally:
        signal.signal(signal.SIGINT, before)


def options():
    mine, others = sys.argv[1:], []
    if "--" in mine:
        at = mine.index("--")
        mine, others = mine[:at], mine[at + 1 :]
    parser = argparse.ArgumentParser(
        description="Grade a list of submissions on a Dask cluster.",
        epilog="What stands behind `--` goes to `grade batch`: challenges, and options such as --per-host.",
    )
    parser.add_argument("list", type=pathlib.Path, help="CSV (.csv, .tsv) or JSON lines, as for `grade batch`")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a running cluster; without it, one is made on this machine")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes of the cluster that is made here (2)")
    parser.add_argument("--parts", type=int, metavar="N", help="parts of the list; else four for each thread of a worker")
    parser.add_argument("--journals", type=pathlib.Path, metavar="DIR", help="folder of the journals (the list's path with .parts)")
    parser.add_argument("--collect", action="store_true", help="workers do not share that folder: fetch the journals from them")
    parser.add_argument("--retries", type=int, default=2, metavar="N", help="how often Dask tries a part that fails again (2)")
    parser.add_argument("--output", metavar="FILE", help="where the results go; else to standard output")
    parser.add_argument("--grade", default="grade", metavar="PROGRAM", help="grade on the workers and here (grade)")
    return parser.parse_args(mine), others


def main():
    args, others = options()
    listing = args.list.read_bytes()
    ending = "jsonl" if args.list.suffix in (".jsonl", ".ndjson") else "csv"
    journals = (args.journals or args.list.with_name(args.list.name + ".parts")).resolve()
    journals.mkdir(parents=True, exist_ok=True)
    cluster = None if args.scheduler else local_cluster(args.workers)
    client = Client(args.scheduler or cluster)
    stop = Event(f"stop-{uuid.uuid4()}", client=client)
    tasks = {}
    try:
        count = args.parts or 4 * max(1, sum(client.nthreads().values()))
        paths = [journals / f"part-{index}-of-{count}.journal" for index in range(1, count + 1)]
        handed = client.scatter(listing, broadcast=True)
        for index in range(1, count + 1):
            given = (args.grade, others, handed, ending, (index, count), str(journals), args.collect, stop.name)
            tasks[client.submit(grade_part, *given, retries=args.retries, pure=False)] = index
        failed = False
        for task in as_completed(tasks):
            index = tasks[task]
            if task.status != "finished":
                failed = True
                print(f"error: {task.exception()}", file=sys.stderr, flush=True)
                continue
            _, said, journal = task.result()
            if journal is not None:
                paths[index - 1].write_bytes(journal)
            for line in said.splitlines():
                print(f"part {index}/{count}: {line}", file=sys.stderr, flush=True)
        if failed:
            print("the journals are whole: the same command goes on with what is missing", file=sys.stderr)
            return 2
    except KeyboardInterrupt:
        print("stopping; the journals are whole, and the same command goes on", file=sys.stderr, flush=True)
        stop.set()
        for task in tasks:
            if task.status == "pending":
                task.release()
        return 130
    finally:
        client.close()
        if cluster:
            cluster.close()
    output = ["--output", args.output] if args.output else []
    return subprocess.run([args.grade, "merge", *map(str, paths), *output]).returncode


if __name__ == "__main__":
    sys.exit(main())
