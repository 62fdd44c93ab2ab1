#!/bin/sh
# Install Debian packages as root, or through a sudo that asks nothing. Fails where that can't be.
command -v apt-get >/dev/null || exit 1
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
$as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
