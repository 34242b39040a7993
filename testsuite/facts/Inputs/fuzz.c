// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands between the frame of a facts file, made up by libFuzzer: the
 * reader takes it or says in one line what is wrong, and touches nothing that
 * is not its own. The frame is made here, or no input would get past the hash.
 */

#include "facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static size_t frame(char *text, const uint8_t *data, size_t size)
{
	size_t n = sprintf(text, "mmucheck-facts %d\n", FACTS_VERSION);

	memcpy(text + n, data, size);
	n += size;
	if (text[n - 1] != '\n')
		text[n++] = '\n';
	return n + sprintf(text + n, "end %016llx\n",
			   (unsigned long long)XXH64(text, n, 0));
}

/* Every expression is printed: that walks all that was built. */
static void walk(const struct function *fn)
{
	unsigned b, i;
	char buf[64];

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].ninsns; i++) {
			const struct insn *insn = &fn->blocks[b].insns[i];

			if (insn->to)
				expr_print(fn, insn->to, buf, sizeof(buf));
			if (insn->value)
				expr_print(fn, insn->value, buf, sizeof(buf));
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 64);
	struct program *program;
	struct error err = { "" };
	unsigned i;

	program = program_new();
	if (facts_read(program, "fuzz", text, frame(text, data, size), &err)) {
		for (i = 0; i < program->functions.n; i++)
			walk(program->functions.at[i]);
	} else if (!err.text[0] || strchr(err.text, '\n')) {
		abort();
	}
	free(text);
	program_free(program);
	return 0;
}
