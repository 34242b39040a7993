/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every part stands on: memory that lives as long as the run, strings that
 * are equal when their pointers are, and errors that are one line of text.
 */
#ifndef MMUCHECK_BASE_H
#define MMUCHECK_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* Memory is handed out, and taken back all at once or never: a run is short. */
struct arena {
	char *next;
	char *end;
	void *chunks;		/* each begins with a pointer to the one before */
	size_t total;		/* bytes handed out */
};

void *arena_alloc(struct arena *arena, size_t size);	/* zeroed, 8-aligned */
void *arena_copy(struct arena *arena, const void *data, size_t size);
char *arena_string(struct arena *arena, const char *text, size_t len);
void arena_reset(struct arena *arena);

#define arena_new(arena, type)	((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, n) \
	((type *)arena_alloc((arena), sizeof(type) * (n)))

/* The arena of the run, and that of what is thrown away and solved again. */
extern struct arena run_arena, solve_arena;

/*
 * intern() - the one copy of a string; equal strings give equal pointers.
 * intern_known() gives NULL for a string that was never interned.
 */
const char *intern(const char *text);
const char *intern_n(const char *text, size_t len);
const char *intern_known(const char *text);
void intern_forget(void);	/* all of them: they lived in run_arena */

/* One line: what, where, what was expected. */
struct error {
	char text[1024];
};

/* Both return false (-1 for callers that count), so that "return" reads well. */
bool error_set(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The whole of a file, NUL-terminated; NULL and @err if it cannot be read. */
char *read_whole(const char *path, size_t *len, struct error *err);

/* True if @pattern, a folder or a shell pattern, covers the file @path. */
bool path_matches(const char *pattern, const char *path);

/* A growing array: VEC_PUSH(vec, value) with struct { type *at; unsigned n, cap; } */
#define VEC(type)	struct { type *at; unsigned n, cap; }
#define VEC_PUSH(vec, value) \
	((vec)->n < (vec)->cap ? (void)0 : \
	 vec_room((void **)&(vec)->at, (vec)->n, &(vec)->cap, \
		  sizeof(*(vec)->at)), \
	 (vec)->at[(vec)->n++] = (value))
/* VEC_SET(vec, from, count): @count values from @from, and no others */
#define VEC_SET(vec, from, count) \
	(vec_set((void **)&(vec)->at, &(vec)->cap, (from), (count), \
		 sizeof(*(vec)->at)), \
	 (vec)->n = (count))
void vec_room(void **at, unsigned n, unsigned *cap, size_t size);
void vec_set(void **at, unsigned *cap, const void *from, unsigned n,
	     size_t size);

#endif
