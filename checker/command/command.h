/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command is one file: a run() and one COMMAND() line.  Nothing lists them;
 * the linker does.
 */
#ifndef MMUCHECK_COMMAND_H
#define MMUCHECK_COMMAND_H

/* What a command's exit status says. */
enum { NOTHING_FOUND = 0, FOUND = 1, FAILED = 2 };

struct command {
	const char *name;
	const char *title;	/* one line, for the list of commands */
	/* argv[0] is "mmucheck NAME", as messages are to begin */
	int (*run)(int argc, char **argv);
};

#define COMMAND(word, ...)						\
	static const struct command command_##word = { __VA_ARGS__ };	\
	static const struct command *const command_##word##_entry	\
	__attribute__((used, section("mmucheck_commands"))) = &command_##word

extern const struct command *const __start_mmucheck_commands[];
extern const struct command *const __stop_mmucheck_commands[];

#endif
