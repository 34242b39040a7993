// SPDX-License-Identifier: GPL-2.0-only

#include "stamp.h"
#include "overlay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uthash.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* Most units read the same headers: each is looked at once. */
struct known {
	const char *path;
	struct file_time time;
	bool is_hashed;
	uint64_t hash;
	UT_hash_handle hh;
};

static struct known *known_file(const char *path)
{
	static struct known *all;
	struct known *known;

	HASH_FIND_PTR(all, &path, known);
	if (!known) {
		known = arena_new(&run_arena, struct known);
		known->path = path;
		known->time = file_time(path);
		HASH_ADD_PTR(all, path, known);
	}
	return known;
}

static uint64_t known_hash(struct known *known)
{
	if (!known->is_hashed)
		known->hash = hash_of_file(known->path);
	known->is_hashed = true;
	return known->hash;
}

/* Reading */

/* "SIZE TIME HASH PATH" */
static bool read_line(const char *line, const char *end,
		      struct stamp_line *ret)
{
	char *at;

	ret->time.size = strtoll(line, &at, 10);
	ret->time.time = strtoll(at, &at, 10);
	ret->hash = strtoull(at, &at, 16);
	if (*at != ' ' || at >= end)
		return false;
	ret->path = intern_n(at + 1, end - at - 1);
	return true;
}

static bool read_lines(const char *line, struct stamp *stamp)
{
	struct stamp_line next;
	const char *end;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		if (!strcmp(line, "end\n"))
			return stamp->lines.n;
		if (!read_line(line, end, &next))
			return false;
		VEC_PUSH(&stamp->lines, next);
	}
	return false;		/* cut short */
}

bool stamp_read(const char *path, struct stamp *stamp)
{
	static const char first[] = "mmucheck-stamp 2 ";
	struct error err;
	size_t len;
	char *text = read_whole(path, &len, &err), *at;
	bool ok;

	*stamp = (struct stamp){ 0 };
	ok = text && !strncmp(text, first, strlen(first));
	if (ok) {
		stamp->key = strtoull(text + strlen(first), &at, 16);
		ok = *at == '\n' && read_lines(at + 1, stamp);
	}
	free(text);
	return ok;
}

void stamp_free(struct stamp *stamp)
{
	free(stamp->lines.at);
	*stamp = (struct stamp){ 0 };
}

static bool same_time(struct file_time a, struct file_time b)
{
	return a.size >= 0 && a.size == b.size && a.time == b.time;
}

/* The file is as it was when its hash was written down. */
static bool is_untouched(struct known *known, const struct stamp_line *line)
{
	if (!same_time(known->time, line->time))
		return false;
	if (!known->is_hashed && line->hash) {
		known->hash = line->hash;
		known->is_hashed = true;
	}
	return true;
}

static bool line_is_of(const struct stamp_line *line,
		       const struct overlay *overlay)
{
	const struct overlay_file *file = overlay_find(overlay, line->path);
	struct known *known;

	if (file)
		return file->content && line->hash && file->hash == line->hash;
	known = known_file(line->path);
	return is_untouched(known, line) ||
	       (known->time.size >= 0 && line->hash &&
		known_hash(known) == line->hash);
}

static bool stamp_is_of(const struct stamp *stamp,
			const struct overlay *overlay)
{
	unsigned i;

	for (i = 1; i < stamp->lines.n; i++) {
		const struct stamp_line *line = &stamp->lines.at[i];

		if (overlay ? !line_is_of(line, overlay)
			    : !is_untouched(known_file(line->path), line))
			return false;
	}
	return true;
}

static bool is_of(const struct unit_file *unit, const struct stamp *stamp,
		  const struct overlay *overlay)
{
	const struct stamp_line *facts = stamp->lines.at;

	return stamp->key == unit->key && facts->path == unit->facts &&
	       same_time(file_time(unit->facts), facts->time) &&
	       stamp_is_of(stamp, overlay);
}

bool unit_is_of(const struct unit_file *unit, const struct overlay *overlay)
{
	struct stamp stamp;
	bool ok;

	if (unit->read)
		return is_of(unit, unit->read, overlay);
	ok = stamp_read(unit->stamp, &stamp) && is_of(unit, &stamp, overlay);
	stamp_free(&stamp);
	return ok;
}

bool unit_is_fresh(const struct unit_file *unit)
{
	return unit_is_of(unit, NULL);
}

/* Writing */

int64_t time_now(void)
{
	struct timespec now;

	/* The clock that files are stamped by, not a finer one. */
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return now.tv_sec * 1000000000ll + now.tv_nsec;
}

static void put_line(FILE *out, const char *path, struct file_time time,
		     uint64_t hash)
{
	fprintf(out, "%lld %lld %016llx %s\n", (long long)time.size,
		(long long)time.time, (unsigned long long)hash, path);
}

static void put_file(FILE *out, const struct overlay *overlay,
		     const char *path, int64_t start)
{
	const struct overlay_file *file = overlay_find(overlay, path);
	const struct file_time none = { -2, -2 };	/* no file's time */
	struct file_time now = file_time(path);
	struct known *known = known_file(path);

	if (file)
		put_line(out, path, none, file->hash);
	else if (now.time >= start)	/* changed while it was read, perhaps */
		put_line(out, path, none, 0);
	else if (same_time(now, known->time))
		put_line(out, path, now, known_hash(known));
	else
		put_line(out, path, now, hash_of_file(path));
}

struct name {
	char *at;
	unsigned n, cap;
};

/* The next name in a rule as make reads it; NULL at the end of the rule. */
static const char *next_name(const char **text)
{
	struct name name = { 0 };
	const char *p = *text, *found;

	while (*p == ' ' || (p[0] == '\\' && p[1] == '\n'))
		p += *p == ' ' ? 1 : 2;
	while (*p && *p != ' ' && *p != '\n') {
		if (p[0] == '\\' && (p[1] == ' ' || p[1] == '#' || p[1] == '\\'))
			p++;
		else if (p[0] == '\\' && p[1] == '\n')
			break;
		else if (p[0] == '$' && p[1] == '$')
			p++;
		VEC_PUSH(&name, *p);
		p++;
	}
	*text = p;
	found = name.n ? intern_n(name.at, name.n) : NULL;
	free(name.at);
	return found;
}

bool unit_stamp(const struct unit_file *unit, const struct overlay *overlay,
		const char *deps, int64_t start, struct error *err)
{
	char *rule, *text = NULL;
	const char *at, *name;
	size_t len;
	FILE *out;
	bool ok;

	rule = read_whole(deps, &len, err);
	if (!rule)
		return false;
	out = open_memstream(&text, &len);
	if (!out) {
		free(rule);
		return error_set(err, "out of memory");
	}
	fprintf(out, "mmucheck-stamp 2 %016llx\n",
		(unsigned long long)unit->key);
	put_line(out, unit->facts, file_time(unit->facts), 0);
	at = rule;
	next_name(&at);			/* "TARGET:" */
	while ((name = next_name(&at)))
		put_file(out, overlay, path_clean(path_join(unit->folder, name)),
			 start);
	fputs("end\n", out);
	fclose(out);
	ok = write_whole(unit->stamp, text, len, err);
	free(text);
	free(rule);
	return ok;
}
