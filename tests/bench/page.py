#!/usr/bin/env python3
"""page.py PORT TOKEN SECONDS: 50 clients poll the page while 1,000 connections are held open and say next to nothing.
Prints the median and the 99th percentile of an answer in milliseconds, how many were asked and how many failed."""
import http.client
import socket
import ssl
import sys
import threading
import time

port, token, seconds = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
clients, held = 50, 1000
context = ssl._create_unverified_context()
headers = {"Authorization": "Bearer " + token, "Accept": "application/json"}
times, failed, lock = [], 0, threading.Lock()
until = time.monotonic() + seconds


def hold():
    sockets = []
    while time.monotonic() < until:
        sockets = [one for one in sockets if still_open(one)]
        while len(sockets) < held and time.monotonic() < until:
            one = socket.create_connection(("localhost", port), 5)
            one.send(b"\x16")
            one.setblocking(False)
            sockets.append(one)
        time.sleep(0.5)


def still_open(one):
    try:
        return one.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
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


threading.Thread(target=hold, daemon=True).start()
time.sleep(2)
threads = [threading.Thread(target=poll, args=(number,)) for number in range(clients)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
times.sort()
print(f"{times[len(times) // 2]:.1f} {times[int(len(times) * 0.99)]:.1f} {len(times)} {failed}")
