#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run.sh BIN DIR: a farm of two hosts says what one machine says, byte by byte. Each
# host is a network namespace with a sshd of Debian's and a copy of the kernel of its
# own. Exit status 77: not possible here.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
say() { printf '== %s\n' "$*" >&2; }
die() { printf 'farm: %s\n' "$*" >&2; exit 1; }
skip() { printf 'farm: SKIPPED: %s\n' "$*" >&2; exit 77; }

# All that is made here, mounts, namespaces and servers, goes with its first process.
if [ "${3-}" != inside ]; then
	for word in parallel ssh ip unshare; do
		command -v "$word" >/dev/null || skip "$word is not installed"
	done
	[ -x /usr/sbin/sshd ] || skip "sshd is not installed"
	unshare --net --mount --pid --fork --mount-proc true 2>/dev/null ||
		skip "this machine does not let us make namespaces"
	exec unshare --net --mount --pid --fork --kill-child --mount-proc "$0" "$1" "$2" inside
fi
bin=$(cd "$1" && pwd)
rm -rf "$2"
mkdir -p "$2"
dir=$(cd "$2" && pwd)
export MMUCHECK_BIN="$bin" PATH="$bin:$PATH" HOME="$dir"

mount -t tmpfs tmpfs /run
mkdir /run/netns /run/sshd
# A bash that sshd starts reads what its user starts shells with, which may wait for
# anything. The hosts' root has a home and a shell of his own, which reads nothing.
mkdir "$dir/home"
sed "s|^root:.*|root:x:0:0::$dir/home:/bin/sh|" /etc/passwd >"$dir/passwd"
mount --bind "$dir/passwd" /etc/passwd
ssh-keygen -q -t ed25519 -N '' -f "$dir/key"
cat >"$dir/ssh" <<-E
	Host *
		User root
		IdentityFile $dir/key
		UserKnownHostsFile $dir/known
		StrictHostKeyChecking accept-new
		LogLevel ERROR
	E
mkdir "$dir/tree"
cp -r "$here/../driver/Inputs/kernel" "$dir/tree/kernel"
"$here/../driver/Inputs/configure" "$dir/tree/kernel" "$dir/tree/out"

# host N: a namespace at 192.0.2.(4N+2), which sees its own copy of the tree
host() {
	net=host$1 at=192.0.2.$(($1 * 4 + 1)) there=192.0.2.$(($1 * 4 + 2))
	cp -r "$dir/tree" "$dir/tree$1"
	ip netns add "$net"
	ip link add "to$1" type veth peer name eth0 netns "$net"
	ip address add "$at/30" dev "to$1"
	ip link set "to$1" up
	ip -n "$net" address add "$there/30" dev eth0
	ip -n "$net" link set eth0 up
	ssh-keygen -q -t ed25519 -N '' -f "$dir/host$1"
	cat >"$dir/sshd$1" <<-E
		ListenAddress $there
		HostKey $dir/host$1
		AuthorizedKeysFile $dir/key.pub
		PidFile none
		StrictModes no
		UsePAM no
		PermitRootLogin yes
		SetEnv PATH=$bin:/usr/bin:/bin
	E
	ip netns exec "$net" unshare --mount sh -ec "
		mount --bind '$dir/tree$1' '$dir/tree'
		exec /usr/sbin/sshd -f '$dir/sshd$1' -E '$dir/sshd$1.log'"
}
host 1
host 2

farm() {
	status=0
	"$top/scripts/farm" --hosts 192.0.2.6,192.0.2.10 --ssh "ssh -F $dir/ssh" \
		--build "$dir/tree/out" --kernel "$dir/tree/kernel" \
		--facts "$dir/two" >"$1.txt" 2>"$1.err" || status=$?
	[ "$status" = "$2" ] || { cat "$1.err" >&2; die "exit status $status, expected $2"; }
}

say "one machine"
status=0
mmucheck run --build "$dir/tree/out" --kernel "$dir/tree/kernel" --facts "$dir/one" \
	>"$dir/one.txt" || status=$?
[ "$status" = 1 ] || die "one machine: exit status $status, expected 1"

say "two hosts"
farm "$dir/two" 1
cmp "$dir/one.txt" "$dir/two.txt" || die "they say different things"
diff -r --exclude='.*' "$dir/one" "$dir/two" || die "their facts differ"
for n in 1 2; do
	grep -q "Accepted publickey" "$dir/sshd$n.log" || die "host $n did nothing"
done

say "a host that cannot read its share"
sed -i '1i #error no' "$dir"/tree2/kernel/virt/kvm/*.c "$dir"/tree2/kernel/arch/x86/kvm/*.c
farm "$dir/wrong" 2
grep -q 'cannot be read: .*: no' "$dir/wrong.err" || die "it does not say what cannot be read"
diff -r --exclude='.*' "$dir/one" "$dir/two" || die "the facts of before are gone"
say "two hosts say what one machine says"
