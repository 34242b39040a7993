// SPDX-License-Identifier: GPL-2.0-only

#include "base.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct arena run_arena, solve_arena;

static void out_of_memory(void)
{
	fputs("mmucheck: out of memory\n", stderr);
	exit(2);
}

#define CHUNK	(1u << 20)

static void add_chunk(struct arena *arena, size_t size)
{
	size_t room = (size > CHUNK ? size : CHUNK) + sizeof(void *);
	void **head = malloc(room);

	if (!head)
		out_of_memory();
	*head = arena->chunks;
	arena->chunks = head;
	arena->next = (char *)(head + 1);
	arena->end = (char *)head + room;
}

static void *arena_take(struct arena *arena, size_t size)
{
	char *at;

	size = (size + 7) & ~(size_t)7;
	if (!arena->next || (size_t)(arena->end - arena->next) < size)
		add_chunk(arena, size);
	at = arena->next;
	arena->next += size;
	arena->total += size;
	return at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_take(arena, size), 0, size);
}

void arena_reset(struct arena *arena)
{
	while (arena->chunks) {
		void *head = arena->chunks;

		arena->chunks = *(void **)head;
		free(head);
	}
	arena->next = arena->end = NULL;
	arena->total = 0;
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
	return size ? memcpy(arena_take(arena, size), data, size) : NULL;
}

char *arena_string(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_take(arena, len + 1);

	memcpy(copy, text, len);
	copy[len] = 0;
	return copy;
}

/* Open addressing; the table is at most half full. */
static struct {
	const char **slot;
	unsigned *hash;
	unsigned n, size;
} strings;

static unsigned string_slot(const char *text, size_t len, unsigned hash)
{
	unsigned i = hash & (strings.size - 1);

	while (strings.slot[i]) {
		if (strings.hash[i] == hash &&
		    !strncmp(strings.slot[i], text, len) && !strings.slot[i][len])
			break;
		i = (i + 1) & (strings.size - 1);
	}
	return i;
}

static void strings_grow(void)
{
	unsigned old = strings.size, i;
	const char **slot = strings.slot;
	unsigned *hash = strings.hash;

	strings.size = old ? old * 2 : 1 << 14;
	strings.slot = calloc(strings.size, sizeof(*strings.slot));
	strings.hash = calloc(strings.size, sizeof(*strings.hash));
	if (!strings.slot || !strings.hash)
		out_of_memory();
	for (i = 0; i < old; i++) {
		unsigned at;

		if (!slot[i])
			continue;
		at = string_slot(slot[i], strlen(slot[i]), hash[i]);
		strings.slot[at] = slot[i];
		strings.hash[at] = hash[i];
	}
	free(slot);
	free(hash);
}

const char *intern_n(const char *text, size_t len)
{
	unsigned hash = XXH3_64bits(text, len), at;

	if (strings.n * 2 >= strings.size)
		strings_grow();
	at = string_slot(text, len, hash);
	if (!strings.slot[at]) {
		strings.slot[at] = arena_string(&run_arena, text, len);
		strings.hash[at] = hash;
		strings.n++;
	}
	return strings.slot[at];
}

void intern_forget(void)
{
	free(strings.slot);
	free(strings.hash);
	memset(&strings, 0, sizeof(strings));
}

const char *intern(const char *text)
{
	return intern_n(text, strlen(text));
}

const char *intern_known(const char *text)
{
	size_t len = strlen(text);

	if (!strings.size)
		return NULL;
	return strings.slot[string_slot(text, len, XXH3_64bits(text, len))];
}

bool error_set(struct error *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}

char *read_whole(const char *path, size_t *len, struct error *err)
{
	FILE *file = fopen(path, "rb");
	size_t cap = 1 << 16, n = 0;
	char *text;

	if (!file) {
		error_set(err, "%s: %s", path, strerror(errno));
		return NULL;
	}
	text = malloc(cap);
	if (!text)
		out_of_memory();
	while (!feof(file) && !ferror(file)) {
		if (cap - n < 2) {
			cap *= 2;
			text = realloc(text, cap);
			if (!text)
				out_of_memory();
		}
		n += fread(text + n, 1, cap - n - 1, file);
	}
	if (ferror(file)) {
		error_set(err, "%s: %s", path, strerror(errno));
		fclose(file);
		free(text);
		return NULL;
	}
	fclose(file);
	text[n] = 0;
	*len = n;
	return text;
}

bool path_matches(const char *pattern, const char *path)
{
	char below[512];

	if (!fnmatch(pattern, path, FNM_PATHNAME))
		return true;
	snprintf(below, sizeof(below), "%s/*", pattern);
	return !fnmatch(below, path, 0);
}

void vec_room(void **at, unsigned n, unsigned *cap, size_t size)
{
	if (n < *cap)
		return;
	*cap = *cap ? *cap * 2 : 8;
	*at = realloc(*at, *cap * size);
	if (!*at)
		out_of_memory();
}

void vec_set(void **at, unsigned *cap, const void *from, unsigned n,
	     size_t size)
{
	while (n > *cap)
		vec_room(at, *cap, cap, size);
	if (n)
		memcpy(*at, from, n * size);
}
