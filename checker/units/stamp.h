/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A stamp lies beside facts and says what they were made from: the key of the
 * unit, the facts themselves, and each file that was read, with its size, its
 * time and a hash of what was in it.  Size and time say quickly that nothing has
 * changed; the hash says it of a file that is to be taken for another one.
 */
#ifndef MMUCHECK_STAMP_H
#define MMUCHECK_STAMP_H

#include "path.h"
#include "unit.h"

struct stamp_line {
	const char *path;	/* absolute, as the unit calls it */
	struct file_time time;
	uint64_t hash;		/* 0: not known */
};

struct stamp {
	uint64_t key;
	VEC(struct stamp_line) lines;	/* the facts first */
};

/* False if there is none, or it was cut short. */
bool stamp_read(const char *path, struct stamp *stamp);
void stamp_free(struct stamp *stamp);

/* True if the facts are there and nothing that they came of has changed. */
bool unit_is_fresh(const struct unit_file *unit);

/*
 * unit_is_of() - true if the facts are those of the tree with @overlay in it
 *
 * What has another time and is still the same counts as the same.
 */
bool unit_is_of(const struct unit_file *unit, const struct overlay *overlay);

/*
 * unit_stamp() - say what the facts were made from, out of @deps
 * @overlay: what was read in place of the files, NULL: nothing
 * @start: when that began; what is younger is not to be relied on
 */
bool unit_stamp(const struct unit_file *unit, const struct overlay *overlay,
		const char *deps, int64_t start, struct error *err);

/* In ns, as the file system counts. */
int64_t time_now(void);

#endif
