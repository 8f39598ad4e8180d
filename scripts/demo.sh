#!/bin/bash
# Builds tcpwhy and lets it explain a real capture with several failures in it.
# usage: scripts/demo.sh [ARGUMENT of `tcpwhy read`...]
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-packages.sh build
[[ -x build/release/src/command/tcpwhy ]] || echo "Building (a few minutes the first time) …" >&2
scripts/build.sh release tcpwhy_command
exec build/release/src/command/tcpwhy read "$@" samples/several-failures.pcapng
