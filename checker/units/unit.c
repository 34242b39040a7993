// SPDX-License-Identifier: GPL-2.0-only

#include "unit.h"
#include "overlay.h"
#include "path.h"

#include <stdio.h>
#include <string.h>

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

bool unit_is_foreign(const struct unit_file *unit, const struct maker *maker)
{
	const struct tree *tree = maker->tree;
	const char *name = tree_name(tree, tree->real_build, unit->object);
	unsigned i;

	for (i = 0; i < maker->foreign.n; i++)
		if (path_matches(maker->foreign.at[i], name))
			return true;
	return false;
}

unsigned units_drop_foreign(struct unit_files *units, const struct maker *maker)
{
	unsigned i, n = units->n, kept = 0;

	for (i = 0; i < n; i++)
		if (!unit_is_foreign(units->at[i], maker))
			units->at[kept++] = units->at[i];
	units->n = kept;
	return n - kept;
}

void unit_place(struct unit_file *unit, const struct maker *maker)
{
	struct file_time tool = file_time(maker->frontend);
	struct maker plain = *maker;
	struct words command = { 0 };
	char text[4096];

	unit->facts = facts_place(unit, maker);
	snprintf(text, sizeof(text), "%s/.%s.stamp", path_folder(unit->facts),
		 path_base(unit->facts));
	unit->stamp = intern(text);
	snprintf(text, sizeof(text), "%s/.%s.failed", path_folder(unit->facts),
		 path_base(unit->facts));
	unit->failed = intern(text);
	/* What files there are in place of others is in the stamp, file by file. */
	plain.overlay = NULL;
	unit_command(unit, &plain, "", &command);
	unit->key = hash_words(XXH3_64bits(&tool, sizeof(tool)), &command);
	unit->key = hash_word(unit->key, unit->folder);
	free(command.at);
}

const char *unit_spelling(const struct unit_file *unit)
{
	unsigned i;

	for (i = 0; i < unit->args.n; i++) {
		const char *path = unit->args.at[i];
		size_t len;

		if (!is_source(path))
			continue;
		path = path_clean(path_join(unit->folder, path));
		len = strlen(path) - strlen(unit->source);
		if (ends_with(path, unit->source) && path[len - 1] == '/')
			return intern_n(path, len - 1);
	}
	return NULL;
}

void unit_command(const struct unit_file *unit, const struct maker *maker,
		  const char *deps, struct words *command)
{
	const char *spelling = unit_spelling(unit);
	unsigned i;

	command->n = 0;
	VEC_PUSH(command, maker->frontend);
	VEC_PUSH(command, "--root");
	VEC_PUSH(command, maker->tree->kernel);
	if (spelling && spelling != maker->tree->kernel) {
		VEC_PUSH(command, "--root");
		VEC_PUSH(command, spelling);
	}
	if (maker->tree->module) {
		VEC_PUSH(command, "--root");
		VEC_PUSH(command, path_folder(maker->tree->module));
	}
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
	if (maker->overlay) {
		VEC_PUSH(command, "-ivfsoverlay");
		VEC_PUSH(command, maker->overlay->path);
	}
	for (i = 0; i < unit->args.n; i++)
		VEC_PUSH(command, unit->args.at[i]);
}
