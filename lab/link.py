"""Carries packets between this machine and a network namespace, late and not all of them. Many kernels of build machines come
without netem; a TUN device at each end and this program in between do the same.

    link.py NAMESPACE DEVICE ADDRESS-HERE ADDRESS-THERE MILLISECONDS-THERE-AND-BACK PERCENT-LOST
"""
import collections
import ctypes
import fcntl
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI, CLONE_NEWNET = 0x400454CA, 0x0001, 0x1000, 0x40000000
LARGEST = 2048


def enter(namespace):
    """Makes the rest of this thread happen in the namespace of that descriptor."""
    if ctypes.CDLL(None, use_errno=True).setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def device(name, own, other):
    """A TUN device, up, with an address and a neighbour."""
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    for words in (["addr", "add", own, "peer", other], ["link", "set", "up", "mtu", "1400", "txqueuelen", "10000"]):
        where = words.index("set") + 1 if "set" in words else len(words)
        subprocess.run(["ip", *words[:where], "dev", name, *words[where:]], check=True)
    return end


def carry(ends, delay, loss):
    """Packets leave in the order they came: the delay is the same for all."""
    waiting = {end: collections.deque() for end in ends}
    far = {ends[0]: ends[1], ends[1]: ends[0]}
    while True:
        now = time.monotonic()
        for end, packets in waiting.items():
            while packets and packets[0][0] <= now:
                try:
                    os.write(end, packets.popleft()[1])
                except OSError:
                    pass  # lost, as on any link
        due = [packets[0][0] for packets in waiting.values() if packets]
        ready, _, _ = select.select(ends, [], [], max(0, min(due) - now) if due else None)
        now = time.monotonic()
        for end in ready:
            for _ in range(256):
                try:
                    packet = os.read(end, LARGEST)
                except BlockingIOError:
                    break
                if random.random() >= loss:
                    waiting[far[end]].append((now + delay, packet))


def main():
    namespace, name, here, there = sys.argv[1:5]
    delay, loss = float(sys.argv[5]) / 2000, float(sys.argv[6]) / 100
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    outside = device(name, here, there)
    enter(os.open("/run/netns/" + namespace, os.O_RDONLY))
    inside = device(name, there, here)
    enter(home)
    print("up", flush=True)
    carry([outside, inside], delay, loss)


main()
