#!/bin/bash
# What `systemctl` does of the commands of docs/deploy.md, where no systemd runs: it starts by hand the
# ExecStart of the same unit file, as the same user and with the same variables, without the privileges
# that the unit refuses. It restarts nothing, limits nothing, hides nothing: those are systemd's.
set -euo pipefail
kept=/run/by-hand
mkdir -p "$kept" /var/log/by-hand

file_of() {
  local name=$1
  [[ $name != *@* ]] || name=${name%%@*}@
  ls "/etc/systemd/system/$name.service" "/lib/systemd/system/$name.service" 2>/dev/null | head -1
}

lines_of() {  # UNIT KEY: the values of a key, %i replaced
  local instance=${1#*@}
  sed -n "s/^$2=//p" "$(file_of "$1")" | sed "s/%i/$instance/g"
}

start() {
  local unit=$1 user script=
  while read -r words; do script+="export $words"$'\n'; done < <(lines_of "$unit" Environment)
  while read -r file; do
    file=${file#-}
    [ ! -e "$file" ] || script+="set -a; . $file; set +a"$'\n'
  done < <(lines_of "$unit" EnvironmentFile)
  # a group that only systemd makes (Delegate=): without it the kit serves, with fewer limits
  script+='[ -d "${IPROF_CGROUP:-/}" ] || unset IPROF_CGROUP'$'\n'
  script+="umask $(lines_of "$unit" UMask | grep . || echo 0022)"$'\n'"exec $(lines_of "$unit" ExecStart)"
  user=$(lines_of "$unit" User)
  local as=()
  [ -z "$user" ] || as=(setpriv --reuid "$user" --regid "$user" --init-groups --no-new-privs --inh-caps=-all --bounding-set=-all)
  echo "systemctl by hand: ${user:-root}: $(lines_of "$unit" ExecStart)"
  "${as[@]}" bash -c "$script" </dev/null >>"/var/log/by-hand/$unit.log" 2>&1 &
  echo $! > "$kept/$unit"
}

stop() {
  local pid
  [ -e "$kept/$1" ] || return 0
  pid=$(cat "$kept/$1")
  kill -TERM "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
  rm "$kept/$1"
}

verb=$1
shift
now=no
[ "${1:-}" != --now ] || { now=yes; shift; }
for unit in "$@"; do
  if [ "$unit" = postgresql ]; then
    pg_lsclusters --no-header | while read -r version cluster _; do
      echo "systemctl by hand: pg_ctlcluster $version $cluster start"
      pg_ctlcluster "$version" "$cluster" start
    done
    continue
  fi
  case $verb in
    start) start "$unit" ;;
    stop) stop "$unit" ;;
    restart) stop "$unit"; start "$unit" ;;
    enable) [ "$now" = no ] || start "$unit" ;;
    *) echo "systemctl by hand: $verb is not known"; exit 1 ;;
  esac
done
