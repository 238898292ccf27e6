"""Running jobs side by side: two by default, as many as there are processors to warm."""

import queue
import threading
import time

from ..console import Problem, elapsed
from .report import Result


def run(jobs, report, workers=2):
    """Run (title, function) or (title, function, stage); each function returns a Result. A Problem in one fails that one,
    the others go on."""
    waiting = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)
    stopped = threading.Event()
    crash = []

    def work():
        while not stopped.is_set():
            try:
                title, function, *stage = waiting.get_nowait()
            except queue.Empty:
                return
            began = elapsed()
            try:
                result = function()
            except Problem as problem:
                result = Result(title, problems=[str(problem).splitlines()])
            except BaseException as error:  # noqa: BLE001 - raised again by the caller's thread
                crash.append(error)
                stopped.set()
                return
            result.stage, result.began, result.seconds = "".join(stage), began, elapsed() - began
            report.add(result)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(max(1, workers))]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):  # so that Ctrl-C reaches us
        time.sleep(0.1)
    if crash:
        raise crash[0]
