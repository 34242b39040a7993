/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of shell commands, as the shell would see them. */
#ifndef MMUCHECK_SHELL_H
#define MMUCHECK_SHELL_H

#include "base.h"

struct words {
	const char **at;	/* interned */
	unsigned n, cap;
};

/* True if @word, interned, is there. */
bool words_have(const struct words *words, const char *word);
/* Adds @word, interned, unless it is there. */
void words_add_once(struct words *words, const char *word);

/*
 * shell_command() - the next simple command of *@text
 *
 * Commands end at a newline, ';', '&', '|' or a parenthesis that is not quoted.
 * Moves *@text behind it; false at the end of the text.  What the shell would
 * expand ($x, *) stays as it is written.
 */
bool shell_command(const char **text, struct words *words);

#endif
