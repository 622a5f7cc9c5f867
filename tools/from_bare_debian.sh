#!/bin/bash
# A stranger's first hour, by a machine: makes a bare Debian in a folder (mmdebstrap), goes into it, types
# the blocks of docs/deploy.md in their order, and prints each command and the minutes of each block.
#
#   tools/from_bare_debian.sh [FOLDER]
#
# Needs root, mmdebstrap and this machine's own sources of packages. FOLDER, which must not exist, is kept
# at the end; without it the root is a temporary folder, removed. Nothing is left running: every process
# of the root lives in a process namespace that ends with the script, and, once installed, in a network of
# its own where there is only 127.0.0.1. There is no systemd in such a root: `systemctl` is a stand-in that
# starts by hand the ExecStart of the same unit file, so that what systemd closes besides is not tried.
set -euo pipefail
here=$(realpath "$(dirname "$0")/..")
page=$here/docs/deploy.md

# --- inside: in namespaces of our own, then in the root -------------------------------------------------

enter() {  # ROOT COMMAND…: a real change of root, since a chroot may not make user namespaces
  mount --rbind "$1" "$1"
  mount -t proc proc "$1/proc"
  mount --rbind /dev "$1/dev"
  mount --rbind /sys "$1/sys"
  if ip link set lo up 2>/dev/null; then :; fi
  mkdir -p "$1/.before"
  cd "$1"
  pivot_root . .before
  umount -l /.before
  cd /
  shift
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive bash -euo pipefail "$@"
}
if [ "${1:-}" = --inside ]; then shift; enter "$@"; fi

# --- outside ---------------------------------------------------------------------------------------------

[ "$(id -u)" = 0 ] || { echo "it must be run as root"; exit 2; }
command -v mmdebstrap >/dev/null || { echo "mmdebstrap is missing: apt-get install mmdebstrap"; exit 2; }
kept=${1:-}
root=${kept:-$(mktemp -d)}
[ -z "$kept" ] || [ ! -e "$kept" ] || { echo "$kept is there already"; exit 2; }
[ -n "$kept" ] || trap 'rm -rf --one-file-system "$root"' EXIT

began=$SECONDS
minutes() { awk -v s="$1" 'BEGIN { printf "%d min %02d s", s / 60, s % 60 }'; }

make_the_root() {
  local sources=/etc/apt/sources.list.d/debian.sources
  [ -e "$sources" ] || sources=/etc/apt/sources.list
  . /etc/os-release
  echo "== mmdebstrap --variant=required, $PRETTY_NAME"
  mmdebstrap --quiet --variant=required --include=apt,ca-certificates "$VERSION_CODENAME" "$root" - < "$sources"
  # how this machine reaches its packages is no business of the page
  cp /etc/resolv.conf "$root/etc/"
  for one in /etc/pip.conf /etc/apt/apt.conf.d/99* /usr/local/share/ca-certificates/*.crt; do
    [ ! -e "$one" ] || install -D -m 644 "$one" "$root$one"
  done
  chroot "$root" update-ca-certificates >/dev/null 2>&1
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"  # packages start nothing by themselves
  chmod 755 "$root/usr/sbin/policy-rc.d"
  install -m 755 "$here/tools/systemctl_by_hand.sh" "$root/usr/local/sbin/systemctl"
  mkdir -p "$root/srv/iprof/kit" "$root/typed"
  git -C "$here" ls-files -z | tar -C "$here" --null -T - --ignore-failed-read -c | tar -x -C "$root/srv/iprof/kit"
}

# A block a file, in order: NN.installing or NN.running; what has a title is written by the block itself.
cut_the_page() {
  awk -v out="$root/typed" '
    function name() { return sprintf("%s/%02d.%s", out, ++count, section == "Installer" ? "installing" : "running") }
    /^## / { section = substr($0, 4) }
    /^```/ && !inside && /title="/ {
      match($0, /title="[^"]*"/); title = substr($0, RSTART + 7, RLENGTH - 8)
      file = name(); inside = 1; titled = 1
      print "mkdir -p \"$(dirname " title ")\"\ncat > " title " <<\"END OF THE FILE\"" > file; next
    }
    /^```sh$/ && !inside { file = name(); inside = 1; titled = 0; next }
    /^```$/ && inside { if (titled) print "END OF THE FILE" >> file; close(file); inside = 0; next }
    /^```/ { skipped = !skipped; next }
    inside { print >> file }
  ' "$page"
}

# Types every block of a kind, each in a shell of its own, and says what each took.
typist='
for file in /typed/*.'"'\$0'"'; do
  echo; echo "== $(basename "$file")"; sed "s/^/   | /" "$file"
  start=$SECONDS
  bash -euo pipefail "$file" 2>&1 || { echo "== this block failed"; exit 1; }
  awk -v s=$((SECONDS - start)) "BEGIN { printf \"\\n== %d min %02d s\\n\", s / 60, s % 60 }"
done'
typist=${typist//"'\$0'"/'"$0"'}

echo "== $(date -u +%FT%TZ), commit $(git -C "$here" rev-parse --short HEAD)"
make_the_root
echo "== $(minutes $((SECONDS - began))): a bare Debian, $(du -sh --one-file-system "$root" | cut -f1)"
cut_the_page
apart=(unshare --mount --pid --fork --kill-child)
"${apart[@]}" "$0" --inside "$root" -c "$typist" installing
"${apart[@]}" --net "$0" --inside "$root" -c "$typist" running
echo
echo "== $(minutes $((SECONDS - began))) in all, from nothing to a restored backup and a replaced copy"
