/* SPDX-License-Identifier: GPL-2.0-only */
/* A patch as git takes it, made of words that are put into a file. */
#ifndef MMUCHECK_EDIT_H
#define MMUCHECK_EDIT_H

#include "base.h"

/* One line of a file, from 1; what is put in has no newline at its end. */
struct insertion {
	unsigned line;
	unsigned col;		/* behind this character; 0: as lines behind this one */
	const char *text;
};

/* The lines of a file, without their newlines. */
struct source {
	const char *name;	/* relative to the tree */
	const char **lines;
	unsigned n;
};

bool source_read(struct source *source, const char *tree, const char *name,
		 struct error *err);

/* The line behind which one more #include belongs; 0 if there is none yet. */
unsigned source_include_line(const struct source *source);

/* What a patch says of itself, in front of the diff. */
struct letter {
	const char *author;	/* "Name <address>" */
	const char *subject;
	const char *body;	/* ends in a newline */
	unsigned number, count;
};

/*
 * patch_text() - the patch that makes the insertions, by line and column
 *
 * A @source without lines is a new file, and the only insertion is all of it.
 */
char *patch_text(const struct letter *letter, const struct source *source,
		 const struct insertion *insertions, unsigned n, size_t *len);

#endif
