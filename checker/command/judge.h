/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is found in a tree that is not the one on the disk.  A unit is read again
 * only if something that it is made of differs there from what its facts were
 * made of; the engine is given the facts of all, so that callers which did not
 * change are judged as well.
 */
#ifndef MMUCHECK_JUDGE_H
#define MMUCHECK_JUDGE_H

#include "git.h"
#include "input.h"
#include "unit.h"

struct judge {
	const struct input *input;
	struct tree tree;
	struct git git;			/* in the kernel's work tree */
	struct maker beside;		/* facts as 'run' leaves them */
	struct maker kept[2];		/* those of other trees, in two places */
	struct words pinned;		/* facts of the base */
	struct unit_files units;
	struct words spellings;		/* what commands call the kernel's folder */
	struct words folders;		/* that units are made of */
	bool anywhere;			/* or they are made of something else */
	struct words differing;		/* files that are not everywhere the same */
	struct words changed;		/* those that the series changes */
	struct words left_out;		/* sources that are there and not built */
	struct words unread;		/* what was said of those that are wrong C */
	unsigned parallel;
	unsigned states;		/* seen so far */
	bool complete;			/* all could be */
};

/*
 * judge_open() - get ready; @judge has its input, tree, git and parallel
 * @facts: where facts are kept, NULL: beside the objects
 * @base: the tree that others will be compared with
 */
bool judge_open(struct judge *judge, const char *facts, const char *base,
		struct error *err);

/*
 * judge_expect() - @tree is to be judged, and comes after @before
 * @differs: set to whether anything that units are made of does
 *
 * To be called for all trees before the first one is judged.
 */
bool judge_expect(struct judge *judge, const char *before, const char *tree,
		  bool *differs, struct error *err);

/* What is found in @tree. */
bool judge_tree(struct judge *judge, const char *tree,
		struct findings *findings, struct error *err);

/* For the files of this part only: differing.c */

struct overlay;

/* What the user is at in his tree differs as well. */
bool judge_compare_disk(struct judge *judge, const char *base,
			struct error *err);

/* All that differs as it is in @tree, for Clang. */
bool judge_overlay(struct judge *judge, const char *tree,
		   struct overlay *overlay, struct error *err);

/* The file @name of the tree in @overlay; NULL: as it is on the disk. */
const struct overlay_file *judge_file(const struct judge *judge,
				      const struct overlay *overlay,
				      const char *name);

#endif
