#!/bin/sh
# Puts a release of your application into operation, or the one before it back.
#
#   deploy.sh release ARCHIVE [NAME]   unpack, install, check, migrate, switch, restart, look whether it works; else switch back
#   deploy.sh rollback [NAME]          switch to the release before the current one, or to NAME
#   deploy.sh list                     releases, newest last; * is current
#
# ARCHIVE: a .tgz with package.json, package-lock.json and stellwerk.config.ts at its root. Run as root, or as the owner of the prefix.
# Migrations only add: the release before works with the schema of the one after it, so a roll back leaves the schema as it is.
set -eu

# Where runuser lies; a cron job and some shells are without it.
PATH=$PATH:/usr/sbin:/sbin

prefix=${DEPLOY_PREFIX:-/opt/stellwerk}
user=${DEPLOY_USER:-stellwerk}
restart=${DEPLOY_RESTART:-systemctl restart stellwerk-work stellwerk-serve}
url=${DEPLOY_HEALTH_URL:-http://127.0.0.1:7575/health/ready}
seconds=${DEPLOY_HEALTH_SECONDS:-60}
keep=${DEPLOY_KEEP:-5}
is_new=0

fail() {
  echo "deploy: $*" >&2
  exit 1
}

# The service's own user runs what may touch the store: a check as root would leave files that the station cannot open.
as_service() {
  if [ "$(id -u)" -eq 0 ]; then
    runuser -u "$user" -- env HOME=/nonexistent "$@"
  else
    "$@"
  fi
}

current() {
  if [ -L "$prefix/current" ]; then basename "$(readlink "$prefix/current")"; fi
}

releases() {
  ls -1 "$prefix/releases" | sort
}

# One rename: at no moment is there no current release.
switch_to() {
  ln -s "releases/$1" "$prefix/.current.$$"
  mv -T "$prefix/.current.$$" "$prefix/current"
}

is_healthy() {
  as_service env STRICT=1 "$prefix/bin/station-alive" "$prefix/bin/stellwerk" &&
    as_service "$prefix/bin/with-node" node -e 'fetch(process.argv[1], { signal: AbortSignal.timeout(3000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))' "$url"
}

until_healthy() {
  left=$seconds
  while [ "$left" -gt 0 ]; do
    if is_healthy; then return 0; fi
    sleep 1
    left=$((left - 1))
  done
  return 1
}

# A release that never worked is no release to roll back to. Its folder is kept for a look at it.
set_aside() {
  if [ "$is_new" = 1 ]; then
    rm -rf "$prefix/releases/$1.failed"
    mv "$prefix/releases/$1" "$prefix/releases/$1.failed"
  fi
}

start_release() {
  before=$(current)
  switch_to "$1"
  if sh -c "$restart" 9>&- && until_healthy; then
    echo "deploy: $1 works"
    return 0
  fi
  if [ -z "$before" ]; then
    rm -f "$prefix/current"
    set_aside "$1"
    fail "$1 does not become healthy, and there is no release before it; see the log"
  fi
  if [ "$before" = "$1" ]; then fail "$1 does not become healthy; see the log"; fi
  echo "deploy: $1 does not become healthy; back to $before" >&2
  switch_to "$before"
  set_aside "$1"
  sh -c "$restart" 9>&- || :
  if until_healthy; then fail "$1 was taken back; $before works again"; fi
  fail "$1 was taken back, and $before is not healthy either; see the log"
}

release() {
  archive=$1
  name=${2:-$(date -u +%Y%m%dT%H%M%SZ)}
  case $name in *[!A-Za-z0-9._-]* | .* | '') fail "'$name' is no name of a release; use letters, digits, '.', '_' and '-'" ;; esac
  [ -f "$archive" ] || fail "$archive is not there"
  folder=$prefix/releases/$name
  [ ! -e "$folder" ] || fail "release $name exists; 'deploy.sh rollback $name' switches to it"
  trap 'rm -rf "$folder"' EXIT
  mkdir -p "$folder"
  tar -xzf "$archive" --no-same-owner --no-same-permissions -C "$folder"
  for file in package.json package-lock.json; do
    [ -f "$folder/$file" ] || fail "$archive has no $file at its root"
  done
  (cd "$folder" && "$prefix/bin/with-node" npm ci --omit=dev --no-audit --no-fund)
  # Others read it, nobody but its owner changes it: not the station either.
  chmod -R go-w,a+rX "$folder"
  as_service env RELEASE="$folder" "$prefix/bin/stellwerk" config >/dev/null
  as_service env RELEASE="$folder" "$prefix/bin/stellwerk" migrate
  trap - EXIT
  is_new=1
  keep_first_token "$folder"
  start_release "$name"
  remove_old
}

# Without a token, the control room would print one into its log.
keep_first_token() {
  case $(as_service env RELEASE="$1" "$prefix/bin/stellwerk" token list --json) in
    *'"id"'*) return 0 ;;
  esac
  (umask 077 && as_service env RELEASE="$1" "$prefix/bin/stellwerk" token create first --role admin >"$prefix/first-token")
  echo "deploy: a token of an admin lies in $prefix/first-token; keep it safe, and delete the file"
}

rollback() {
  now=$(current)
  name=${1:-$(releases | grep -v '\.failed$' | awk -v now="$now" '$0 == now { print last } { last = $0 }')}
  [ -n "$name" ] || fail "there is no release before $now"
  [ -d "$prefix/releases/$name" ] || fail "there is no release $name; 'deploy.sh list' shows them"
  # The store may be another one than when it was released. One that is away must not keep anybody from going back.
  as_service env RELEASE="$prefix/releases/$name" "$prefix/bin/stellwerk" migrate ||
    echo "deploy: the schema was not looked at; going on" >&2
  start_release "$name"
}

remove_old() {
  now=$(current)
  releases | head -n "-$keep" | while read -r name; do
    if [ "$name" != "$now" ]; then rm -rf "${prefix:?}/releases/$name"; fi
  done
}

list() {
  now=$(current)
  releases | while read -r name; do
    if [ "$name" = "$now" ]; then echo "* $name"; else echo "  $name"; fi
  done
}

umask 022
[ -d "$prefix/bin" ] || fail "$prefix/bin is not there; set the machine up first (docs/deploy/quick-start.md)"
mkdir -p "$prefix/releases"
exec 9>"$prefix/.deploy.lock"
flock -n 9 || fail 'another deploy is under way'

case ${1:-} in
  release) [ "$#" -ge 2 ] || fail 'release of what? Give the archive'; shift; release "$@" ;;
  rollback) shift; rollback "$@" ;;
  list) list ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
