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

static void identify_each(struct finding *const *at, unsigned n,
			  struct seen **seen)
{
	char text[60];
	unsigned i;

	for (i = 0; i < n; i++) {
		const char *key = key_of(at[i]);
		unsigned nth = count(seen, key);

		if (at[i]->identity)
			continue;
		snprintf(text, sizeof(text), "%016llx-%u",
			 (unsigned long long)XXH3_64bits(key, strlen(key)),
			 nth);
		at[i]->identity = intern(text);
	}
}

void identify(const struct findings *findings)
{
	struct seen *seen = NULL;

	identify_each(findings->all.at, findings->all.n, &seen);
	identify_each(findings->known.at, findings->known.n, &seen);
	identify_each(findings->allowed.at, findings->allowed.n, &seen);
	HASH_CLEAR(hh, seen);
}

static bool contains(const struct findings *findings, const char *identity)
{
	unsigned i;

	for (i = 0; i < findings->all.n; i++)
		if (findings->all.at[i]->identity == identity)
			return true;
	return false;
}

struct findings findings_without(const struct findings *a,
				 const struct findings *b)
{
	struct findings rest = { 0 };
	unsigned i;

	identify(a);
	identify(b);
	for (i = 0; i < a->all.n; i++)
		if (!contains(b, a->all.at[i]->identity))
			VEC_PUSH(&rest.all, a->all.at[i]);
	return rest;
}
