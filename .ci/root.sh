# shellcheck shell=bash
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Fresh Debians, for the scripts of this folder that source this file: a root is a directory
# as debootstrap makes it, entered as a container is. Needs root, and the network to make one.
#
#   root_own_namespace "$0" "$@"     run again where no mount outlives the script; say it first
#   root_make ROOT SUITE [TEMPLATE [ARCHITECTURE]]
#                                    make one by debootstrap or, if given, as a copy of TEMPLATE
#   root_layer DIRECTORY             DIRECTORY/root is what this machine has, mounted; what is
#                                    changed there lies elsewhere in DIRECTORY
#   root_mount ROOT                  /proc, /dev and the name server, as in a container
#   root_umount ROOT
#   root_remove ROOT
#   in_root ROOT USER COMMAND…       with the environment of a login, standard input empty
#   root_install ROOT PACKAGE…       by apt, of the latest lists

root_own_namespace() {
  if [ "$(id -u)" != 0 ]; then
    echo "${1##*/}: needs root" >&2
    exit 1
  fi
  [ -n "${PUSHER_CI_OWN_NAMESPACE-}" ] ||
    PUSHER_CI_OWN_NAMESPACE=yes exec unshare --mount --propagation private -- "$@"
}

root_make() {
  local root=$1 suite=$2 template=${3-} architecture=${4-}

  if [ -n "$template" ]; then
    cp -a "$template" "$root" || return
  else
    command -v debootstrap >/dev/null ||
      apt-get install -y --no-install-recommends debootstrap || return
    debootstrap --variant=minbase ${architecture:+--arch="$architecture"} "$suite" "$root" ||
      return
  fi
  rm -f "$root/etc/resolv.conf"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
}

root_layer() {
  local root=$1/root

  mkdir -p "$1/changes" "$1/work" "$root" || return
  mount -t overlay -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" overlay "$root" || return
  rm -f "$root/etc/resolv.conf"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf" || return
  root_mount "$root"
}

root_mount() {
  local root=$1 device number

  mount -t proc proc "$root/proc" || return
  mount -t tmpfs -o mode=755 tmpfs "$root/dev" || return
  for device in null zero full random urandom tty; do
    cp -a "/dev/$device" "$root/dev" || return
  done
  mkdir -m 1777 "$root/dev/shm" || return
  mkdir "$root/dev/pts" || return
  mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts" || return
  ln -s pts/ptmx "$root/dev/ptmx" || return
  ln -s /proc/self/fd "$root/dev/fd" || return
  for number in 0:stdin 1:stdout 2:stderr; do
    ln -s "/proc/self/fd/${number%:*}" "$root/dev/${number#*:}" || return
  done
}

root_umount() {
  umount "$1/proc" "$1/dev/pts" "$1/dev" 2>/dev/null || true
}

root_remove() {
  root_umount "$1"
  rm -rf --one-file-system "$1"
}

in_root() {
  local root=$1 user=$2 home=/root
  shift 2
  [ "$user" = root ] || home=/home/$user
  chroot --userspec="$user" --groups= "$root" /usr/bin/env -i HOME="$home" USER="$user" TERM=dumb \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@" </dev/null
}

root_install() {
  local root=$1
  shift
  in_root "$root" root apt-get update || return
  in_root "$root" root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@"
}
