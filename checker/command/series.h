/* SPDX-License-Identifier: GPL-2.0-only */
/* What is to be judged, as trees in a row: the base, and one after each patch. */
#ifndef MMUCHECK_SERIES_H
#define MMUCHECK_SERIES_H

#include "git.h"

struct patch {
	const char *name;	/* its subject, or where it is from */
	const char *tree;	/* after it, as git calls it */
	bool differs;		/* from what is before, for some unit */
};

struct series {
	const char *base;
	VEC(struct patch) patches;
};

/* The commits of A..B, or the one commit A; merges by their first parent. */
bool series_of_commits(struct series *series, const struct git *git,
		       const char *range, struct error *err);

/* What is in the index and not in HEAD. */
bool series_of_staged(struct series *series, const struct git *git,
		      struct error *err);

/*
 * series_of_files() - mails, mboxes and patches, applied one after the other
 * @base: the commit to apply them to
 */
bool series_of_files(struct series *series, const struct git *git,
		     const struct words *files, const char *base,
		     struct error *err);

#endif
