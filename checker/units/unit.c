// SPDX-License-Identifier: GPL-2.0-only

#include "unit.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uthash.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static bool ends_with(const char *text, const char *tail)
{
	size_t len = strlen(text), more = strlen(tail);

	return len > more && !strcmp(text + len - more, tail);
}

/* kbuild's CHECK is not told the object: -Wp,-MMD,DIR/.NAME.d says it. */
static const char *dependency_object(const char *word)
{
	const char *path, *base;

	if (!strncmp(word, "-Wp,-MMD,", 9))
		path = word + 9;
	else if (!strncmp(word, "-Wp,-MD,", 8))
		path = word + 8;
	else
		return NULL;
	base = path_base(path);
	if (base[0] != '.' || !ends_with(base, ".d"))
		return NULL;
	return path_join(path_folder(path),
			 intern_n(base + 1, strlen(base) - 3));
}

static bool is_source(const char *word)
{
	return word[0] != '-' && ends_with(word, ".c") &&
	       !ends_with(word, ".mod.c");
}

/*
 * kbuild has one set of flags for the compiler and for CHECK, and it begins
 * with -Wp,-MMD.  What is before is for sparse; where the object goes is of no
 * matter.  So one unit has one command, whoever tells it.
 */
static void take_args(struct unit_file *unit, const struct words *command)
{
	unsigned i, first = 0;

	while (first < command->n && command->at[first][0] != '-')
		first++;
	for (i = first; i < command->n; i++)
		if (dependency_object(command->at[i]))
			first = i;
	for (i = first; i < command->n; i++) {
		if (!strcmp(command->at[i], "-o"))
			i++;
		else if (strcmp(command->at[i], "-c"))
			VEC_PUSH(&unit->args, command->at[i]);
	}
}

struct unit_file *unit_new(const struct tree *tree, const char *folder,
			   const struct words *command)
{
	const char *source = NULL, *object = NULL, *guess = NULL;
	struct unit_file *unit;
	unsigned i;

	for (i = 0; i < command->n; i++) {
		const char *word = command->at[i];

		/* Not for the kernel, but for a header: asm-offsets.h */
		if (!strcmp(word, "-S") || !strcmp(word, "-E"))
			return NULL;
		if (!strcmp(word, "-o") && i + 1 < command->n)
			object = command->at[i + 1];
		else if (is_source(word))
			source = word;
		else if (dependency_object(word))
			guess = dependency_object(word);
	}
	if (!source)
		return NULL;
	unit = arena_new(&run_arena, struct unit_file);
	unit->folder = folder;
	unit->source = tree_name(tree, folder, source);
	take_args(unit, command);
	if (!unit->args.n)
		return NULL;
	if (!object)
		object = guess ? guess : source;
	unit->object = path_clean(path_join(folder, object));
	return unit;
}

static uint64_t hash_word(uint64_t hash, const char *word)
{
	return XXH3_64bits_withSeed(word, strlen(word) + 1, hash);
}

static uint64_t hash_words(uint64_t hash, const struct words *words)
{
	unsigned i;

	for (i = 0; i < words->n; i++)
		hash = hash_word(hash, words->at[i]);
	return hash;
}

static const char *facts_place(const struct unit_file *unit,
			       const struct maker *maker)
{
	const char *build = maker->tree->real_build;
	const char *name = unit->object;
	size_t len = strlen(build);
	char text[4096];

	if (maker->facts) {
		if (!strncmp(name, build, len) && name[len] == '/')
			name += len;
		snprintf(text, sizeof(text), "%s/%s.facts", maker->facts, name);
	} else {
		snprintf(text, sizeof(text), "%s.facts", name);
	}
	return path_clean(text);
}

void unit_place(struct unit_file *unit, const struct maker *maker)
{
	struct file_time tool = file_time(maker->frontend);
	struct words command = { 0 };
	char text[4096];

	unit->facts = facts_place(unit, maker);
	snprintf(text, sizeof(text), "%s/.%s.stamp", path_folder(unit->facts),
		 path_base(unit->facts));
	unit->stamp = intern(text);
	snprintf(text, sizeof(text), "%s/.%s.failed", path_folder(unit->facts),
		 path_base(unit->facts));
	unit->failed = intern(text);
	unit_command(unit, maker, "", &command);
	unit->key = hash_words(XXH3_64bits(&tool, sizeof(tool)), &command);
	unit->key = hash_word(unit->key, unit->folder);
	free(command.at);
}

void unit_command(const struct unit_file *unit, const struct maker *maker,
		  const char *deps, struct words *command)
{
	unsigned i;

	command->n = 0;
	VEC_PUSH(command, maker->frontend);
	VEC_PUSH(command, "--root");
	VEC_PUSH(command, maker->tree->kernel);
	VEC_PUSH(command, "--root");
	VEC_PUSH(command, maker->tree->real_build);
	for (i = 0; i < maker->scopes.n; i++) {
		VEC_PUSH(command, "--scope");
		VEC_PUSH(command, maker->scopes.at[i]);
	}
	if (maker->macros) {
		VEC_PUSH(command, "--macros");
		VEC_PUSH(command, maker->macros);
	}
	VEC_PUSH(command, "--out");
	VEC_PUSH(command, unit->facts);
	VEC_PUSH(command, "--deps");
	VEC_PUSH(command, deps);
	VEC_PUSH(command, "--");
	for (i = 0; i < unit->args.n; i++)
		VEC_PUSH(command, unit->args.at[i]);
}

/* Most units read the same headers: each is asked for its time once. */
static struct file_time known_time(const char *path)
{
	static struct entry {
		const char *path;
		struct file_time time;
		UT_hash_handle hh;
	} *entries;
	struct entry *entry;

	HASH_FIND_PTR(entries, &path, entry);
	if (!entry) {
		entry = arena_new(&run_arena, struct entry);
		entry->path = path;
		entry->time = file_time(path);
		HASH_ADD_PTR(entries, path, entry);
	}
	return entry->time;
}

/* "SIZE TIME PATH" */
static bool line_is_fresh(const char *line, size_t len)
{
	struct file_time then, now;
	const char *path;
	char *end;

	then.size = strtoll(line, &end, 10);
	then.time = strtoll(end, &end, 10);
	if (*end != ' ' || end >= line + len)
		return false;
	path = intern_n(end + 1, line + len - end - 1);
	now = known_time(path);
	return now.size >= 0 && now.size == then.size && now.time == then.time;
}

static bool stamp_is_fresh(const struct unit_file *unit, const char *text)
{
	const char *line = text, *end;
	char first[64];

	snprintf(first, sizeof(first), "mmucheck-stamp 1 %016llx\n",
		 (unsigned long long)unit->key);
	if (strncmp(line, first, strlen(first)))
		return false;
	for (line += strlen(first); (end = strchr(line, '\n')); line = end + 1) {
		if (!strcmp(line, "end\n"))
			return true;
		if (!line_is_fresh(line, end - line))
			return false;
	}
	return false;		/* cut short */
}

bool unit_is_fresh(const struct unit_file *unit)
{
	struct error err;
	size_t len;
	char *text = read_whole(unit->stamp, &len, &err);
	bool fresh = text && stamp_is_fresh(unit, text);

	free(text);
	return fresh;
}

int64_t time_now(void)
{
	struct timespec now;

	/* The clock that files are stamped by, not a finer one. */
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return now.tv_sec * 1000000000ll + now.tv_nsec;
}

struct text_out {
	char *at;
	unsigned n, cap;
};

static void put(struct text_out *out, const char *text)
{
	for (; *text; text++)
		VEC_PUSH(out, *text);
}

static void put_file(struct text_out *out, const char *path, int64_t start)
{
	struct file_time time = file_time(path);
	char line[64];

	/* Changed while it was read, perhaps: -2 is no file's time. */
	if (time.time >= start)
		time.time = -2;
	snprintf(line, sizeof(line), "%lld %lld ", (long long)time.size,
		 (long long)time.time);
	put(out, line);
	put(out, path);
	put(out, "\n");
}

/* The next name in a rule as make reads it; NULL at the end of the rule. */
static const char *next_name(const char **text)
{
	struct text_out name = { 0 };
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

bool unit_stamp(const struct unit_file *unit, const char *deps, int64_t start,
		struct error *err)
{
	struct text_out out = { 0 };
	const char *at, *name;
	char first[64], *text;
	size_t len;
	bool ok;

	text = read_whole(deps, &len, err);
	if (!text)
		return false;
	snprintf(first, sizeof(first), "mmucheck-stamp 1 %016llx\n",
		 (unsigned long long)unit->key);
	put(&out, first);
	put_file(&out, unit->facts, INT64_MAX);
	at = text;
	next_name(&at);			/* "TARGET:" */
	while ((name = next_name(&at)))
		put_file(&out, path_clean(path_join(unit->folder, name)),
			 start);
	put(&out, "end\n");
	ok = write_whole(unit->stamp, out.at, out.n, err);
	free(out.at);
	free(text);
	return ok;
}
