#!/bin/sh
# Names every missing prerequisite at once, each with the command that brings it.
missing=""
need() { missing="$missing
  $1
      $2"; }

if ! command -v python3 >/dev/null 2>&1 ||
   ! python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; then
  need "Python 3.11 to 3.13" "Debian: apt-get install python3 python3-venv   macOS: brew install python@3.13"
elif ! python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then
  need "Python's venv module" "Debian: apt-get install python3-venv"
fi
if ! command -v node >/dev/null 2>&1 || ! node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)'; then
  need "Node.js 20 or newer" "Debian: apt-get install nodejs npm   macOS: brew install node"
fi
if ! command -v npm >/dev/null 2>&1; then
  need "npm" "Debian: apt-get install npm   macOS: brew install node"
fi
[ -z "$missing" ] && exit 0
printf 'error: missing prerequisites%s\nhint: install them, then run make again\n' "$missing" >&2
exit 1
