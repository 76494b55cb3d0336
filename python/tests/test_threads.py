"""Reading and checking leave Python free, and heed an interrupt."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import crossfoot

LONG = ("".join(f"In 2021/22 we received {n} complaints, {n % 90} of them late.\n\n" for n in range(100, 4000))).encode()


def test_other_threads_go_on_while_one_reads() -> None:
    beats: list[float] = []
    done = threading.Event()

    def beat() -> None:
        while not done.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.001)

    other = threading.Thread(target=beat)
    other.start()
    start = time.perf_counter()
    document = crossfoot.read_bytes("long.txt", LONG)
    len(document.figures)
    end = time.perf_counter()
    done.set()
    other.join()
    meanwhile = [at for at in beats if start < at < end]
    # Were the lock held, it would have been heard once before and once after.
    assert len(meanwhile) > 10, (len(meanwhile), end - start)
    assert len(document.figures) > 3000


def test_two_threads_read_at_once() -> None:
    found: list[int] = []

    def read() -> None:
        found.append(len(crossfoot.check(crossfoot.read_bytes("long.txt", LONG[:50_000])).claims))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1]


INTERRUPTED = """
import signal, sys, threading, time
import crossfoot
text = ("In 2021/22 we received 12 complaints, 5 of them late.\\n\\n" * 3000).encode()
threading.Timer(0.3, lambda: signal.raise_signal(signal.SIGINT)).start()
start = time.perf_counter()
try:
    crossfoot.read_all([(f"{n}.txt", text) for n in range(1000)])
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interrupt_ends_a_run_early() -> None:
    start = time.perf_counter()
    ended = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=120, check=False)
    assert ended.stdout == "interrupted\n", ended.stderr
    assert time.perf_counter() - start < 60


FORKED = """
import os, sys
import crossfoot
text = b"Stage | Cases\\nStage 1 | 131\\nTotal | 131\\n"
inputs = [(f"{n}.txt", text) for n in range(8)]
before = len(crossfoot.read_all(inputs).figures)
child = os.fork()
if child == 0:
    os._exit(0 if len(crossfoot.read_all(inputs).figures) == before else 1)
sys.exit(os.waitpid(child, 0)[1])
"""


def test_a_process_may_be_forked_after_reading() -> None:
    ended = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
