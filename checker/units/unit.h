/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A unit is one compile command and the facts that come of it.  The facts stay
 * beside the object, with a stamp that says what they were made from, so that
 * they are made again only when that has changed.
 */
#ifndef MMUCHECK_UNIT_H
#define MMUCHECK_UNIT_H

#include "shell.h"
#include "tree.h"

struct stamp;

struct unit_file {
	const char *folder;	/* that the command runs in, absolute */
	struct words args;	/* what says how the source is read */
	const char *source;	/* as the tree calls it */
	const char *object;	/* absolute */
	const char *facts;	/* absolute */
	const char *stamp;
	const char *failed;	/* there if the unit could not be read */
	uint64_t key;		/* of all that is not in a file */
	const struct stamp *read;	/* the stamp, if it was read for good */
};

struct unit_files {
	struct unit_file **at;
	unsigned n, cap;
};

struct overlay;

/* How facts are made. */
struct maker {
	const struct tree *tree;
	const char *frontend;
	const char *macros;		/* NULL: none */
	const char *facts;		/* where facts go, NULL: beside the object */
	struct words scopes, foreign;
	const struct overlay *overlay;	/* files in place of others, NULL: none */
	bool quiet;			/* no progress bar */
};

/*
 * unit_new() - the unit that the command with the words @args compiles
 *
 * NULL if the command compiles no C file.
 */
struct unit_file *unit_new(const struct tree *tree, const char *folder,
			   const struct words *command);

/* True if @unit is linked into another program than the rest. */
bool unit_is_foreign(const struct unit_file *unit, const struct maker *maker);

/* Takes such units out of @units, and says how many they were. */
unsigned units_drop_foreign(struct unit_files *units, const struct maker *maker);

/* Where its facts go and what they hang on. */
void unit_place(struct unit_file *unit, const struct maker *maker);

/*
 * unit_spelling() - what its command calls the kernel's folder
 *
 * "../linux/virt/kvm/x.c", or what is there by a link, is virt/kvm/x.c.  NULL if
 * the source is not the kernel's.
 */
const char *unit_spelling(const struct unit_file *unit);

/* The command that makes the facts of @unit and writes to @deps what it read. */
void unit_command(const struct unit_file *unit, const struct maker *maker,
		  const char *deps, struct words *command);

#endif
