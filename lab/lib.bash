# Shared by the scripts of this folder; README.md states their contract.
set -euo pipefail
# The servers are in sbin, which only root has on the PATH.
PATH=$PATH:/usr/sbin:/sbin
LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() { echo "lab/$(basename "$0"): $*" >&2; exit 1; }
usage() { echo "usage: lab/$(basename "$0") start DATADIR [PORT] [ADDR] | stop DATADIR" >&2; exit 2; }

# folder PATH: makes it and prints it absolute.
folder() { mkdir -p "$1" && (cd "$1" && pwd); }

# needs PROGRAM...: says how to get what is missing.
needs() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || fail "$program is not installed: run lab/install"
  done
}

# born PID: the process's start time, in clock ticks since boot; empty when it is gone or only waits to be reaped
# (pid 1 of a container may take seconds to reap, and kill -0 says yes to a zombie). The name in field 2 may hold spaces.
born() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  set -- ${stat##*) }
  [ "$1" = Z ] || echo "${20}"
}

# launch DIR NAME COMMAND...: runs it in a session of its own and records in DIR/NAME.pid which process it is.
# The start time is kept beside the pid, so that a number the kernel gave to somebody else is never signalled.
launch() {
  local dir=$1 name=$2 pid
  shift 2
  setsid "$@" </dev/null >>"$dir/$name.log" 2>&1 &
  pid=$!
  echo "$pid $(born "$pid")" >"$dir/$name.pid"
}

# running DIR NAME: whether the process on record is still that process.
running() {
  local pid start
  read -r pid start 2>/dev/null <"$1/$2.pid" || return 1
  [ -n "$start" ] && [ "$(born "$pid")" = "$start" ]
}

# until_true DIR NAME COMMAND...: waits at most 30 s for the command to succeed; gives up at once when the server died.
until_true() {
  local dir=$1 name=$2 turn
  shift 2
  for ((turn = 0; turn < 600; turn++)); do
    "$@" >/dev/null 2>&1 && return 0
    running "$dir" "$name" || fail "$name ended before it answered: $(tail -n 3 "$dir/$name.log")"
    sleep 0.05
  done
  halt "$dir" "$name"
  fail "$name did not answer within 30 s: $(tail -n 3 "$dir/$name.log")"
}

# halt DIR NAME [SIGNAL]: asks that one process to end, and ends it after 10 s.
halt() {
  local pid turn
  if running "$1" "$2"; then
    read -r pid _ <"$1/$2.pid"
    kill -s "${3:-TERM}" "$pid" 2>/dev/null || true
    for ((turn = 0; turn < 200; turn++)); do
      running "$1" "$2" || break
      sleep 0.05
    done
    if running "$1" "$2"; then kill -s KILL "$pid" 2>/dev/null || true; fi
  fi
  rm -f "$1/$2.pid"
}

# pid DIR NAME: for the ready line.
pid() { cut -d' ' -f1 "$1/$2.pid"; }
