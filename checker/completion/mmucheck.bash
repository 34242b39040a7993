# SPDX-License-Identifier: GPL-2.0-only
# bash completion for mmucheck.  What there is, mmucheck says itself.

_mmucheck()
{
	local word=${COMP_WORDS[COMP_CWORD]}
	local tool=${COMP_WORDS[0]} command=${COMP_WORDS[1]}

	if [ "$COMP_CWORD" -eq 1 ]; then
		COMPREPLY=($(compgen -W "--list-rules --help --version $(
			"$tool" --help 2>/dev/null |
				sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p')" -- "$word"))
		return
	fi
	if [ "$command" = explain ] && [ "${word#-}" = "$word" ]; then
		COMPREPLY=($(compgen -W "$("$tool" --list-rules 2>/dev/null |
			sed 's/ .*//')" -- "$word"))
		return
	fi
	if [ "$command" = hook ] && [ "$COMP_CWORD" -eq 2 ]; then
		COMPREPLY=($(compgen -W "install remove run" -- "$word"))
		return
	fi
	[ "$command" != hook ] || command=patch
	case $word in
	-*)
		COMPREPLY=($(compgen -W "$("$tool" "$command" --help 2>/dev/null |
			sed -n 's/^ *\(-., \)\{0,1\} *\(--[a-z-]\{1,\}\).*/\2/p')" -- "$word")) ;;
	*)
		COMPREPLY=($(compgen -f -- "$word")) ;;
	esac
}
complete -o filenames -F _mmucheck mmucheck
