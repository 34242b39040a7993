/* SPDX-License-Identifier: GPL-2.0-only */
/* What most commands read: contracts, and facts by file or by folder. */
#ifndef MMUCHECK_INPUT_H
#define MMUCHECK_INPUT_H

#include "analysis.h"

#include <argp.h>

struct input {
	const char *annotations;	/* NULL: those that come with mmucheck */
	bool bare;			/* read no annotations at all */
	const char *kernel;		/* its own file of rows is read, if there */
	VEC(const char *) contracts;	/* more rows */
	VEC(const char *) facts;	/* files, or folders with them */
};

/* The rows that a tree brings itself, at its root. */
#define INPUT_ROWS	"mmucheck.contracts"

/* --annotations, --contracts, --bare; its input is a struct input. */
extern const struct argp input_argp;

/* The options above and what stands for facts. */
#define INPUT_ARGS	"FACTS|DIR..."

/* The same and at least one of INPUT_ARGS, which go to @facts. */
extern const struct argp facts_argp;

/*
 * input_read() - fill @analysis with all that @input names
 *
 * Whatever order the files are named in, the program is the same.
 */
bool input_read(const struct input *input, struct analysis *analysis,
		struct error *err);

bool input_contracts(const struct input *input, struct contracts *contracts,
		     struct error *err);

/* The contract files of @input in the order they are read in; NULL and @err. */
struct names { const char **at; unsigned n, cap; };
bool input_contract_files(const struct input *input, struct names *names,
			  struct error *err);

/* Read *.contracts in @folder as well, if there are any. */
void input_add_folder(struct input *input, const char *folder);

/* A file as it was read. */
struct text {
	const char *path;
	char *at;
	size_t len;
};

struct texts {
	struct text *at;
	unsigned n, cap;
};

bool texts_read(const struct names *names, struct texts *texts,
		struct error *err);
void texts_free(struct texts *texts);

/* The facts of @input, ordered by what is in them. */
bool input_texts(const struct input *input, struct texts *texts,
		 struct error *err);
bool input_add(const struct texts *texts, struct program *program,
	       struct error *err);

#endif
