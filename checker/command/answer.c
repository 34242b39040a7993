// SPDX-License-Identifier: GPL-2.0-only

#include "answer.h"
#include "path.h"
#include "saved.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t hash_texts(uint64_t hash, const struct texts *texts)
{
	unsigned i;

	for (i = 0; i < texts->n; i++) {
		hash = XXH3_64bits_withSeed(&texts->at[i].len,
					    sizeof(texts->at[i].len), hash);
		hash = XXH3_64bits_withSeed(texts->at[i].at, texts->at[i].len,
					    hash);
	}
	return hash;
}

/* Contracts are called by the names of their files in findings. */
static bool hash_contracts(const struct input *input, uint64_t *hash,
			   struct error *err)
{
	struct names names = { 0 };
	struct texts texts = { 0 };
	bool ok = input_contract_files(input, &names, err) &&
		  texts_read(&names, &texts, err);
	unsigned i;

	for (i = 0; ok && i < names.n; i++) {
		const char *name = path_base(names.at[i]);

		*hash = XXH3_64bits_withSeed(name, strlen(name) + 1, *hash);
	}
	*hash = hash_texts(*hash, &texts);
	texts_free(&texts);
	free(names.at);
	return ok;
}

static bool solve_anew(const struct input *input, const struct texts *texts,
		       struct findings *findings, struct error *err)
{
	struct analysis *analysis = analysis_new();

	analysis->findings.closer.at = findings->closer.at;
	analysis->findings.closer.n = findings->closer.n;
	analysis->findings.closer.cap = findings->closer.cap;
	if (!input_contracts(input, analysis->contracts, err) ||
	    !input_add(texts, analysis->program, err) ||
	    !analysis_run(analysis, err))
		return false;
	*findings = analysis->findings;
	return true;
}

/* Which of @kept has it; those that there are if none. */
static unsigned find_kept(const char *const *kept, uint64_t key,
			  struct findings *findings)
{
	unsigned i;

	for (i = 0; kept[i]; i++)
		if (saved_read(kept[i], key, findings))
			break;
	return i;
}

bool answer_find_in(const struct input *input, const char *const *kept,
		    struct findings *findings, struct error *err)
{
	struct file_time self = file_time("/proc/self/exe");
	struct texts texts = { 0 };
	uint64_t key = XXH3_64bits(&self, sizeof(self));
	struct error trouble;
	unsigned at;
	bool ok;

	ok = input_texts(input, &texts, err) &&
	     hash_contracts(input, &key, err);
	key = hash_texts(key, &texts);
	at = ok ? find_kept(kept, key, findings) : 0;
	if (ok && !kept[at])
		ok = solve_anew(input, &texts, findings, err);
	if (ok && at && !saved_write(kept[0], key, findings, &trouble))
		fprintf(stderr, "mmucheck: the answer is not kept: %s\n",
			trouble.text);
	texts_free(&texts);
	return ok;
}

bool answer_find(const struct input *input, const char *kept,
		 struct findings *findings, struct error *err)
{
	const char *const one[] = { kept, NULL };

	return answer_find_in(input, one, findings, err);
}

/* JSON lines, one finding each */
static bool read_lines(const char *path, const char *text,
		       struct findings *findings, struct error *err)
{
	const char *line = text, *end;
	unsigned number = 0;

	for (; *line; line = *end ? end + 1 : end) {
		struct finding *finding;

		end = line + strcspn(line, "\n");
		number++;
		finding = finding_from_json(line, end - line);
		if (!finding)
			return error_set(err, "%s:%u: expected facts, or findings as --format=json prints them",
					 path, number);
		VEC_PUSH(&findings->all, finding);
	}
	findings_sort(findings);
	return true;
}

static bool solve_facts(const struct input *given, const char *path,
			struct findings *findings, struct error *err)
{
	struct input input = *given;

	VEC_PUSH(&input.facts, path);
	return answer_find(&input, NULL, findings, err);
}

bool answer_read(const struct input *input, const char *path,
		 struct findings *findings, struct error *err)
{
	size_t len;
	char *text;
	bool ok;

	if (is_folder(path))
		return solve_facts(input, path, findings, err);
	text = read_whole(path, &len, err);
	if (!text)
		return false;
	if (!strncmp(text, "mmucheck-facts ", 15))
		ok = solve_facts(input, path, findings, err);
	else
		ok = read_lines(path, text, findings, err);
	free(text);
	return ok;
}
