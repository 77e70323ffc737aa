#!/bin/sh
# Builds .venv from requirements.lock with Python 3.11; does nothing when it is already up to date.
# Needs any Python 3 with pip or venv (uv then fetches Python 3.11 when the machine has none).
set -eu
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/.lock
if [ -f "$stamp" ] && cmp -s requirements.lock "$stamp"; then
    exit 0
fi

say() { printf '==> %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# uv: the one on the PATH, else a private one.
find_uv() {
    if command -v uv >/dev/null 2>&1; then
        uv=uv
        return 0
    fi
    uv=var/uv/bin/uv
    [ -x "$uv" ] && return 0
    command -v python3 >/dev/null 2>&1 || return 1
    say "installing uv into var/uv"
    mkdir -p var
    if python3 -m venv var/uv >/dev/null 2>&1; then
        var/uv/bin/python -m pip install --quiet uv || return 1
    else
        python3 -m pip install --quiet --target var/uv uv || return 1
    fi
    [ -x "$uv" ]
}

python311() {
    for candidate in python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            [ "$("$candidate" -c 'import sys; print(sys.version_info[:2] == (3, 11))' 2>/dev/null)" = True ]; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

if find_uv; then
    say "creating $venv with $($uv --version)"
    [ -x "$venv/bin/python" ] || "$uv" venv --quiet --python 3.11 "$venv" ||
        fail "Python 3.11 was not found and could not be fetched; install it and run again"
    say "installing the locked packages (about 2.6 GB on disk)"
    "$uv" pip sync --require-hashes --python "$venv/bin/python" requirements.lock
else
    python=$(python311) || fail "neither uv nor Python 3.11 could be found; install one of them and run again"
    say "creating $venv with $python and pip (takes a few minutes)"
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    # Rasa's wheels declare Python < 3.11 although they run on it, hence the two options.
    "$venv/bin/python" -m pip install --ignore-requires-python --no-deps --require-hashes -r requirements.lock
fi
cp requirements.lock "$stamp"
say "$venv is ready"
