#!/bin/sh
# Installs what the browser tests need: Debian's Chromium, a Chinese font, and the widget's npm packages.
# Does nothing for what is there already. What cannot be had is said; the tests that need it are then skipped,
# or fail where CI is set.
set -eu
cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }

if ! command -v chromium >/dev/null 2>&1; then
    if ! command -v apt-get >/dev/null 2>&1; then
        say "no apt-get here: install Chromium yourself to run the browser tests"
    elif [ "$(id -u)" = 0 ]; then
        say "installing Chromium"
        { apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } \
            >/dev/null || say "Chromium could not be installed: the browser tests will not run"
    else
        say "Chromium is missing; the browser tests need it: sudo apt-get install chromium fonts-noto-cjk"
    fi
fi

if command -v npm >/dev/null 2>&1; then
    if ! cmp -s widget/package-lock.json widget/node_modules/.installed; then
        say "installing the widget's packages"
        if (cd widget && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error); then
            cp widget/package-lock.json widget/node_modules/.installed
        else
            say "the widget's packages could not be installed: its rebuild and accessibility are not checked"
        fi
    fi
else
    say "no npm here: the widget is served as committed, its rebuild is not checked"
fi
