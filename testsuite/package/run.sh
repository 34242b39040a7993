#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run.sh BUILD DIR: the Debian package of BUILD is installed in a Debian 12 that has
# nothing but its base, works there, and leaves nothing behind when it is removed. All
# of it is below DIR; the base system is kept there. Exit status 77: not possible here.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
mkdir -p "$2"
dir=$(cd "$2" && pwd)
root=$dir/root

say() { printf '== %s\n' "$*" >&2; }
die() { printf 'package: %s\n' "$*" >&2; exit 1; }
skip() { printf 'package: SKIPPED: %s\n' "$*" >&2; exit 77; }
# /proc is mounted for the one command alone: nothing has to be undone.
in_root() {
	unshare --mount sh -ec 'mount -t proc proc "$0/proc"; exec chroot "$0" "$@"' \
		"$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C \
		DEBIAN_FRONTEND=noninteractive "$@"
}

[ "$(id -u)" = 0 ] || skip "only root may make a Debian in a folder"
command -v debootstrap >/dev/null || skip "debootstrap is not installed"

# Where this machine has its own packages from
sources() {
	apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' \
		'Created-By: Packages' 'Origin: Debian' |
		awk '$2 ~ /^bookworm/ && $3 == "main" { print "deb", $1, $2, $3 }' | sort -u
}
mirror=$(sources | awk '$3 == "bookworm" { print $2; exit }')
[ -n "$mirror" ] || skip "this machine has no Debian 12 among its own sources"

say "making the package"
rm -rf "$dir/deb" "$root"
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$dir/deb" >"$dir/log" 2>&1 ||
	{ cat "$dir/log" >&2; die "cpack failed"; }
deb=$(echo "$dir"/deb/*.deb)

if [ ! -d "$dir/base" ]; then
	say "making a Debian 12 (once)"
	rm -rf "$dir/base.new"
	debootstrap --variant=minbase bookworm "$dir/base.new" "$mirror" >"$dir/log" 2>&1 ||
		{ tail -n 5 "$dir/log" >&2; die "debootstrap failed"; }
	mv "$dir/base.new" "$dir/base"
fi
cp -a "$dir/base" "$root"
sources >"$root/etc/apt/sources.list"
cp "$deb" "$root/mmucheck.deb"
mkdir "$root/work"
cp -r "$here/../driver/Inputs/." "$root/work/driver"
cp -r "$here/../Inputs/include" "$root/work/include"
# configure looks for the headers where they are in our source
sed -i 's,\.\./\.\./Inputs/include,../include,' "$root/work/driver/configure"

say "installing"
in_root apt-get -qq update
in_root apt-get -qq -y --no-install-recommends install /mmucheck.deb >"$dir/log" 2>&1 ||
	{ cat "$dir/log" >&2; die "it could not be installed"; }

say "running"
want=$("$build/bin/mmucheck" --version)
got=$(in_root mmucheck --version)
[ "$got" = "$want" ] || die "--version says '$got', expected '$want'"
in_root sh /work/driver/configure /work/driver/kernel /work/out
status=0
in_root mmucheck run --build /work/out --kernel /work/driver/kernel >"$dir/found" || status=$?
[ "$status" = 1 ] || die "mmucheck run: exit status $status, expected 1"
grep -q '^arch/x86/kvm/mmu.c:8:2: warning: .*\[lock-order\]$' "$dir/found" ||
	{ cat "$dir/found" >&2; die "it does not find what is there"; }
in_root mmucheck explain lock-held | grep -q '^#' || die "explain has no page"
in_root dpkg -L mmucheck >"$dir/files"
for file in /usr/bin/mmucheck /usr/share/man/man1/mmucheck.1 \
	/usr/share/bash-completion/completions/mmucheck \
	/usr/share/zsh/vendor-completions/_mmucheck \
	/usr/lib/mmucheck/mmucheck.so /usr/share/doc/mmucheck/copyright; do
	grep -qx "$file\(\.gz\)\?" "$dir/files" || die "$file is not in the package"
done

status=0
in_root mmucheck report --html /work/html --kernel /work/driver/kernel /work/out 2>"$dir/log" || status=$?
[ "$status" = 1 ] && [ -s "$root/work/html/index.html" ] ||
	{ cat "$dir/log" >&2; die "report: exit status $status, expected 1 and a page"; }
in_root bash -c '. /usr/share/bash-completion/completions/mmucheck
	COMP_WORDS=(mmucheck run --k) COMP_CWORD=2; _mmucheck; echo "${COMPREPLY[@]}"' >"$dir/log" 2>&1
[ "$(cat "$dir/log")" = --kernel ] ||
	{ cat "$dir/log" >&2; die "bash does not complete 'mmucheck run --k'"; }
# git is recommended: where it is not there, patch says so.
status=0
in_root mmucheck patch -b /work/out -k /work/driver/kernel --staged >"$dir/log" 2>&1 || status=$?
[ "$status" = 2 ] && grep -q 'git cannot be run' "$dir/log" ||
	{ cat "$dir/log" >&2; die "patch without git: exit status $status"; }

say "removing"
in_root apt-get -qq -y purge mmucheck >"$dir/log" 2>&1 ||
	{ cat "$dir/log" >&2; die "it could not be removed"; }
left=0
while read -r path; do
	[ -e "$root$path" ] || continue
	in_root dpkg -S "$path" >/dev/null 2>&1 && continue
	[ "$path" = /. ] || { echo "left behind: $path" >&2; left=1; }
done <"$dir/files"
[ "$left" = 0 ] || die "not all of it is gone"
in_root dpkg --audit | grep . && die "the package is half installed"
rm -rf "$root"
say "installed, run and removed: $(basename "$deb")"
