// SPDX-License-Identifier: GPL-2.0-only

#include "identity.h"

#include <stdio.h>
#include <string.h>
#include <uthash.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct seen {
	const char *key;
	unsigned times;
	UT_hash_handle hh;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       is_digit(c);
}

/* "file.c:12" and "12 of them" lose their numbers, "kvm_x86" does not. */
static void append_words(char *out, size_t size, const char *text)
{
	size_t n = strlen(out);
	const char *p;

	for (p = text; *p && n + 1 < size; p++) {
		bool begins = p == text || !is_name(p[-1]);

		if (begins && is_digit(*p)) {
			while (is_digit(p[1]))
				p++;
			out[n++] = '#';
		} else {
			out[n++] = *p;
		}
	}
	out[n] = 0;
}

static const char *key_of(const struct finding *finding)
{
	char text[2000];

	snprintf(text, sizeof(text), "%s\n%s\n", finding->rule,
		 finding->function);
	append_words(text, sizeof(text), finding->message);
	return intern(text);
}

const char *identity_words(const struct finding *finding)
{
	char text[2000] = "";

	append_words(text, sizeof(text), finding->message);
	return intern(text);
}

static unsigned count(struct seen **all, const char *key)
{
	struct seen *seen;

	HASH_FIND_PTR(*all, &key, seen);
	if (!seen) {
		seen = arena_new(&run_arena, struct seen);
		seen->key = key;
		HASH_ADD_PTR(*all, key, seen);
	}
	return ++seen->times;
}

const char **identities(const struct findings *findings)
{
	const char **ids = arena_array(&run_arena, const char *,
				       findings->all.n + 1);
	struct seen *all = NULL;
	char text[60];
	unsigned i;

	for (i = 0; i < findings->all.n; i++) {
		const char *key = key_of(findings->all.at[i]);

		snprintf(text, sizeof(text), "%016llx-%u",
			 (unsigned long long)XXH3_64bits(key, strlen(key)),
			 count(&all, key));
		ids[i] = intern(text);
	}
	HASH_CLEAR(hh, all);
	return ids;
}

static bool contains(const char **ids, unsigned n, const char *id)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

struct findings findings_without(const struct findings *a,
				 const struct findings *b)
{
	const char **own = identities(a), **others = identities(b);
	struct findings rest = { 0 };
	unsigned i;

	for (i = 0; i < a->all.n; i++)
		if (!contains(others, b->all.n, own[i]))
			VEC_PUSH(&rest.all, a->all.at[i]);
	return rest;
}
