#!/bin/bash
# Makes the image localhost/iprof-kit:VERSION without any registry of images: a Debian by mmdebstrap, imported;
# the kit installed in it by `podman run`, then kept by `podman commit`. Root, or whoever podman lets do it.
#
#   deploy/container/build.sh [NAME]
#
# PODMAN says how podman is called here: "podman --runtime runc --cgroup-manager cgroupfs", say.
set -euo pipefail
kit=$(realpath "$(dirname "$0")/../..")
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$kit/iprof_kit/base/version.py")
name=${1:-localhost/iprof-kit:$version}
read -ra podman <<< "${PODMAN:-podman}"
work=$(mktemp -d)
making=iprof-kit-$$
base=localhost/iprof-kit-base:$$
trap '"${podman[@]}" rm --force --ignore "$making" >/dev/null; "${podman[@]}" rmi --ignore "$base" >/dev/null; rm -rf "$work"' EXIT

sources=/etc/apt/sources.list.d/debian.sources
[ -e "$sources" ] || sources=/etc/apt/sources.list
. /etc/os-release
# pg_dump for backups; libseccomp for the walls of a session
mmdebstrap --quiet --variant=minbase --include=ca-certificates,libseccomp2,postgresql-client,python3-venv \
  "$VERSION_CODENAME" "$work/base.tar" - < "$sources"
"${podman[@]}" import --quiet "$work/base.tar" "$base"

# how this machine reaches its packages is read while installing, and not kept in the image
given=()
for one in /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
  [ ! -e "$one" ] || given+=(--volume "$one:$one:ro")
done
mkdir "$work/kit"
git -C "$kit" ls-files -z | tar -C "$kit" --null -T - -c | tar -x -C "$work/kit"
"${podman[@]}" run --name "$making" --network host "${given[@]}" --volume "$work/kit:/kit" "$base" sh -euc '
  useradd --system --uid 1000 --user-group --home-dir /var/lib/iprof --shell /usr/sbin/nologin iprof
  install -d -o iprof -g iprof -m 700 /var/lib/iprof
  python3 -m venv /srv/iprof/venv
  cd /kit
  /srv/iprof/venv/bin/pip install --quiet --no-cache-dir --require-hashes -r locks/serve.txt
  /srv/iprof/venv/bin/pip install --quiet --no-cache-dir --no-deps --no-build-isolation .'
"${podman[@]}" commit --quiet \
  --change 'USER 1000:1000' --change 'ENV IPROF_VAR=/var/lib/iprof' --change 'ENV PYTHONDONTWRITEBYTECODE=1' \
  --change 'VOLUME /var/lib/iprof' --change 'EXPOSE 8866' --change 'STOPSIGNAL SIGTERM' \
  --change 'ENTRYPOINT ["/srv/iprof/venv/bin/iprof"]' --change 'CMD ["serve", "--ne-pas-migrer"]' \
  "$making" "$name"
echo "$name"
