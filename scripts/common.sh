# SPDX-License-Identifier: GPL-2.0-only
# Shared by the scripts in this folder; sourced, never run.

top=$(cd "$(dirname "$0")/.." && pwd)
build=${MMUCHECK_BUILD:-$top/build}
jobs=${JOBS:-$(nproc)}

say() { printf '== %s\n' "$*" >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 2; }

# Debian packages by purpose. A group is installed when first needed.
pkgs_build='cmake ninja-build gcc g++ clang-19 libclang-19-dev llvm-19-dev
	libxxhash-dev uthash-dev libjansson-dev zlib1g-dev libzstd-dev'
pkgs_test='make b4 python3-yaml groff-base zsh llvm-19-tools libclang-rt-19-dev python3 gawk sparse coccinelle
	gcc-12 clang-14 clang-16'
# Pages are looked at in a browser; npm is left alone where there is one.
pkgs_report='chromium fonts-dejavu-core'
command -v npm >/dev/null || pkgs_report="$pkgs_report nodejs npm"
# What a change makes new is asked by git and by pre-commit.
pkgs_gate='git pre-commit'
pkgs_linux='xz-utils make bc bison flex libelf-dev libssl-dev
	python3 perl gcc'
pkgs_kernel='gcc make clang-19 python3 liburcu-dev linux-headers-6.12-amd64
	gcc-12-multilib sparse qemu-system-x86 cpio libc6-dev'
pkgs_farm='parallel openssh-client'
pkgs_llvm='clang-19 lld-19 llvm-19'

# need GROUP...: install the Debian packages of these groups that are missing
need() {
	local group pkg list missing=
	for group; do
		eval "list=\$pkgs_$group"
		for pkg in $list; do
			dpkg-query -W -f='${db:Status-Abbrev}' "$pkg" 2>/dev/null |
				grep -q '^.i' || missing="$missing $pkg"
		done
	done
	[ -z "$missing" ] && return 0
	say "installing Debian packages:$missing"
	local sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null ||
			die "these packages are missing and I am neither root nor have sudo:$missing"
		sudo=sudo
	fi
	$sudo apt-get -qq update >&2 || say "apt-get update failed, trying with the lists at hand"
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
		--no-install-recommends install $missing >&2 ||
		die "apt-get could not install:$missing"
}

# configure_and_build [TARGET...]: build mmucheck out of tree, in $build
configure_and_build() {
	if [ ! -f "$build/build.ninja" ]; then
		say "configuring in ${build#"$top"/}"
		cmake -S "$top" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
			>"$build.log" 2>&1 || { cat "$build.log" >&2; die "cmake failed"; }
		mv "$build.log" "$build/configure.log"
	fi
	say "building"
	cmake --build "$build" -j "$jobs" ${1:+--target "$@"} >&2 || die "the build failed"
}
