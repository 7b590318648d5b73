#!/usr/bin/env python3
"""page.py PORT TOKEN SECONDS: 50 clients poll the page while 1,000 TLS connections are held open, of which each says a line every five seconds.
Prints the median and the 99th percentile of an answer in milliseconds, how many were asked, how many failed and how
many connections were held at most."""
import http.client
import multiprocessing
import os
import socket
import ssl
import sys
import threading
import time

port, token, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
clients, held, opened = 50, 1000, 125  # opened: anew in a second
context = ssl._create_unverified_context()
headers = {"Authorization": "Bearer " + token, "Accept": "application/json"}
times, failed, lock = [], 0, threading.Lock()
until = time.monotonic() + seconds


def hold():
    """In a process of its own: a request whose head never ends, on every connection; those that are closed come back."""
    sockets, turn = [], 0
    os.nice(10)  # these are other machines
    while time.monotonic() < until:
        sockets = [one for at, one in enumerate(sockets) if at % 5 != turn % 5 or goes_on(one)]
        turn += 1
        began = time.monotonic()
        for _ in range(min(held - len(sockets), opened)):
            one = context.wrap_socket(socket.create_connection(("localhost", port), 5))
            one.send(b"GET /live HTTP/1.1\r\nHost: localhost\r\n")
            one.setblocking(False)
            sockets.append(one)
        most.value = max(most.value, len(sockets))
        time.sleep(max(0.0, began + 1 - time.monotonic()))


def goes_on(one):
    try:
        one.send(b"X-Slow: 1\r\n")
        return True
    except OSError:
        one.close()
        return False


def poll(number):
    global failed
    connection = http.client.HTTPSConnection("localhost", port, context=context, timeout=20)
    mine, wrong = [], 0
    time.sleep(number / clients)
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            connection.request("GET", "/live", headers=headers)
            answer = connection.getresponse()
            answer.read()
            wrong += answer.status != 200
        except OSError:
            connection.close()
            wrong += 1
        mine.append((time.perf_counter() - began) * 1000)
        time.sleep(1)
    with lock:
        times.extend(mine)
        failed += wrong


most = multiprocessing.Value("i", 0)
holder = multiprocessing.Process(target=hold)
holder.start()
time.sleep(9)
threads = [threading.Thread(target=poll, args=(number,)) for number in range(clients)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
times.sort()
print(f"{times[len(times) // 2]:.1f} {times[int(len(times) * 0.99)]:.1f} {len(times)} {failed} {most.value}")
holder.join()
