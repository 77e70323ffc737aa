#!/bin/sh
# Installs what the browser tests need: Debian's Chromium and WebKit, a Chinese font, and the widget's packages.
# Does nothing for what is there already. What cannot be had is said; the tests that need it are then skipped,
# or fail where CI is set.
set -eu
cd "$(dirname "$0")/.."

say() { printf '==> %s\n' "$*"; }

# What to call it, the commands that must be there, and Debian's packages for it.
need() {
    name=$1 commands=$2 packages=$3 missing=
    for command in $commands; do
        command -v "$command" >/dev/null 2>&1 || missing=yes
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "no apt-get here: install $name yourself to run its tests"
    elif [ "$(id -u)" = 0 ]; then
        say "installing $name"
        # shellcheck disable=SC2086
        { apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages; } \
            >/dev/null || say "$name could not be installed: its tests will not run"
    else
        say "$name is missing; the browser tests need it: sudo apt-get install $packages"
    fi
}

need Chromium chromium "chromium fonts-noto-cjk"
# The engine of every browser on an iPhone; it wants a display, if only one that nobody sees.
need WebKit "WebKitWebDriver Xvfb" "webkit2gtk-driver xvfb fonts-noto-cjk"

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
