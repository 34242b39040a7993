// SPDX-License-Identifier: GPL-2.0-only

#include "annotate.h"
#include "parts.h"
#include "edit.h"
#include "weak.h"
#include "path.h"
#include "propose.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VOCABULARY	"include/linux/mmucheck.h"
#define INCLUDE		"#include <linux/mmucheck.h>"

/*
 * The words.  Of those that say what is held, the stronger one first: of one lock it
 * is enough; none is needed where the lock is taken or dropped.
 */
static const struct spelling {
	const char *word, *spelled;
	unsigned lock;			/* which argument is the lock */
	bool apart;			/* beside the others */
} spellings[] = {
	{ "acquire_capability", "__acquires", 0, false },
	{ "acquire_shared_capability", "__acquires_shared", 0, false },
	{ "release_capability", "__releases", 0, false },
	{ "release_shared_capability", "__releases_shared", 0, false },
	{ "cond_acquires", "__cond_acquires", 1, false },
	{ "cond_acquires_shared", "__cond_acquires_shared", 1, false },
	{ "cond_releases", "__cond_releases", 1, false },
	{ "cond_releases_shared", "__cond_releases_shared", 1, false },
	{ "requires_capability", "__must_hold", 0, false },
	{ "must_hold_mode", "__must_hold_mode", 1, false },
	{ "requires_shared_capability", "__must_hold_shared", 0, false },
	{ "must_hold_any", "__must_hold_any", 0, false },
	{ "locks_excluded", "__must_not_hold", 0, false },
	{ "yields", "__yields", 0, true },
	{ "yields_if", "__yields_if", 1, true },
	{ "opens_window", "__opens_window", 0, true },
	{ "closes_window", "__closes_window", 0, true },
	{ "must_be_in_window", "__must_be_in_window", 0, true },
	{ "returns_debt", "__returns_debt", 1, true },
};

static unsigned strength(const struct proposal *proposal)
{
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(spellings); i++)
		if (!strcmp(spellings[i].word, proposal->word))
			break;
	return i;
}

/* What is to stand behind one ")" */
struct place {
	const struct head *head;
	const struct function *fn;
	VEC(const char *) words;	/* "__must_hold(&kvm->mmu_lock)" */
};

struct places {
	struct place *at;
	unsigned n, cap;
};

/* @text as C, and with the names that the parameters have at @head. */
static void print_arg(FILE *out, const struct function *fn,
		      const struct head *head, const char *text)
{
	bool member = false;
	size_t len;
	unsigned i;

	for (; *text; text += len) {
		for (len = 0; isalnum((unsigned char)text[len]) ||
		     text[len] == '_'; len++)
			;
		if (!len) {
			len = 1;
			member = *text == '.' || *text == '>';
			if (*text != '$')
				fputc(*text, out);
			continue;
		}
		for (i = 0; i < fn->nparams && i < head->nparams; i++)
			if (!member && strlen(fn->vars[i].name) == len &&
			    !strncmp(fn->vars[i].name, text, len))
				break;
		if (i < fn->nparams && i < head->nparams)
			fputs(head->params[i], out);
		else
			fprintf(out, "%.*s", (int)len, text);
		member = false;
	}
}

static const char *spell(const struct function *fn, const struct head *head,
			 const struct proposal *proposal)
{
	char *text;
	const char *word;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	unsigned i;

	fprintf(out, "%s(", spellings[strength(proposal)].spelled);
	for (i = 0; i < proposal->nargs; i++) {
		fputs(i ? ", " : "", out);
		print_arg(out, fn, head, proposal->args[i]);
	}
	fputc(')', out);
	fclose(out);
	word = intern(text);
	free(text);
	return word;
}

/* The member or variable that is the lock: two ways to it are one lock. */
static const char *lock_name(const struct proposal *proposal)
{
	const char *text = proposal->args[spellings[strength(proposal)].lock];
	const char *at = text + strlen(text);

	while (at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_'))
		at--;
	return at;
}

/* Another one says as much of that lock, or the same in fewer words. */
static bool is_outdone(const struct proposals *proposals, unsigned i)
{
	const struct proposal *it = &proposals->all.at[i], *other;
	unsigned k;

	for (k = 0; k < proposals->all.n; k++) {
		other = &proposals->all.at[k];
		if (k == i || other->fn != it->fn ||
		    spellings[strength(it)].apart ||
		    spellings[strength(other)].apart ||
		    strcmp(lock_name(other), lock_name(it)))
			continue;
		if (strength(other) < strength(it) ||
		    (strength(other) == strength(it) && k < i))
			return true;
	}
	return false;
}

static bool is_speakable(const struct proposal *proposal)
{
	unsigned i;

	for (i = 0; i < proposal->nargs; i++)
		if (strpbrk(proposal->args[i], "'<%?"))
			return false;
	return true;
}

static struct place *place_of(struct places *places, const struct head *head,
			      bool *new)
{
	struct place place = { .head = head };
	unsigned i;

	*new = false;
	for (i = 0; i < places->n; i++) {
		const struct head *at = places->at[i].head;

		if (at->file == head->file && at->line == head->line &&
		    at->col == head->col)
			return &places->at[i];
	}
	*new = true;
	VEC_PUSH(places, place);
	return &places->at[places->n - 1];
}

static bool has_word(const struct place *place, const char *word)
{
	unsigned i;

	for (i = 0; i < place->words.n; i++)
		if (place->words.at[i] == word)
			return true;
	return false;
}

/* What is stated where several functions stand has to be true of all. */
static void keep_common(struct place *place, const struct place *other)
{
	unsigned i, n = 0;

	for (i = 0; i < place->words.n; i++)
		if (has_word(other, place->words.at[i]))
			place->words.at[n++] = place->words.at[i];
	place->words.n = n;
}

static void collect_words(const struct proposals *proposals,
			  const struct program *program, struct place *place)
{
	unsigned i;

	for (i = 0; i < proposals->all.n; i++) {
		const struct proposal *proposal = &proposals->all.at[i];

		if (program->functions.at[proposal->fn] != place->fn ||
		    is_outdone(proposals, i) || !is_speakable(proposal))
			continue;
		VEC_PUSH(&place->words, spell(place->fn, place->head, proposal));
	}
}

static int by_place(const void *x, const void *y)
{
	const struct head *a = ((const struct place *)x)->head;
	const struct head *b = ((const struct place *)y)->head;
	int order = strcmp(a->file, b->file);

	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->col > b->col) - (a->col < b->col);
}

static struct places find_places(const struct proposals *proposals,
				 const struct program *program)
{
	struct places places = { 0 };
	unsigned i;

	for (i = 0; i < program->heads.n; i++) {
		const struct head *head = &program->heads.at[i];
		struct place here = { .head = head, .fn = head->symbol->def };
		struct place *place;
		bool new;

		if (!here.fn)
			continue;
		collect_words(proposals, program, &here);
		place = place_of(&places, head, &new);
		if (new)
			*place = here;
		else
			keep_common(place, &here);
	}
	if (places.n)
		qsort(places.at, places.n, sizeof(*places.at), by_place);
	return places;
}

/* One file */

struct writing {
	const struct annotate *options;
	struct limits limits;
	unsigned number, count;
	unsigned functions, words;
};

static const char *words_text(const struct place *place)
{
	const char *text;
	char *copy;
	size_t len;
	FILE *out = open_memstream(&copy, &len);
	unsigned i;

	for (i = 0; i < place->words.n; i++)
		fprintf(out, "\n\t%s", place->words.at[i]);
	fclose(out);
	text = intern(copy);
	free(copy);
	return text;
}

static bool is_paren(const struct source *source, const struct head *head)
{
	const char *line;

	if (!head->line || head->line > source->n)
		return false;
	line = source->lines[head->line - 1];
	return head->col && head->col <= strlen(line) &&
	       line[head->col - 1] == ')';
}

static bool write_patch(const struct writing *writing,
			const struct letter *letter, const struct source *source,
			const struct insertion *insertions, unsigned n,
			struct error *err)
{
	char name[300], *text, *at;
	size_t len;
	bool ok;

	snprintf(name, sizeof(name), "%04u-%s.patch", letter->number,
		 source->name);
	for (at = name; *at; at++)
		if (!isalnum((unsigned char)*at) && *at != '.' && *at != '_')
			*at = '-';
	text = patch_text(letter, source, insertions, n, &len);
	ok = write_whole(path_join(writing->options->folder, name), text, len,
			 err);
	free(text);
	return ok;
}

/* "x86/kvm/mmu" of "arch/x86/kvm/mmu/mmu.c" */
static const char *area_of(const char *file)
{
	const char *folder = path_folder(file);

	return strncmp(folder, "arch/", 5) ? folder : folder + 5;
}

static const char author_nobody[] = "mmucheck <mmucheck@localhost>";

static const char what_is_said[] =
	"Say of %u function%s what the callers hold or do not hold, which locks are\n"
	"taken, dropped or yielded, and what is left open, so that it can be read\n"
	"there, and checked when it is compiled. mmucheck has proved of each, for all\n"
	"calls in sight and on every path, that it is this very lock, and in that mode.\n";

static bool is_that_file(const void *data, const char *file)
{
	return !strcmp(data, file);
}

/* What a patch says of itself; to be freed. */
static char *body_of(const struct writing *writing, const char *file,
		     unsigned functions)
{
	char *limits, *body;
	size_t len;
	FILE *out = open_memstream(&limits, &len);
	bool any = limits_print(out, &writing->limits, is_that_file,
				file);

	fclose(out);
	out = open_memstream(&body, &len);
	fprintf(out, what_is_said, functions, functions == 1 ? "" : "s");
	if (any)
		fprintf(out, "\nClang's own -Wthread-safety warns in functions that are right, since its\n"
			"analysis does not follow what is\n\n%s", limits);
	fputs("\nNo functional change intended.\n", out);
	fclose(out);
	free(limits);
	return body;
}

static bool write_file(struct writing *writing, const struct place *places,
		       unsigned n, struct error *err)
{
	VEC(struct insertion) insertions = { 0 };
	struct source source;
	char subject[300], *body;
	struct letter letter = {
		.author = writing->options->author ? writing->options->author
						   : author_nobody,
		.subject = subject,
		.number = ++writing->number, .count = writing->count,
	};
	unsigned i, line, words = 0, functions = 0;
	bool ok;

	if (!source_read(&source, writing->options->tree, places->head->file,
			 err))
		return false;
	line = source_include_line(&source);
	if (line && line < places->head->line)
		VEC_PUSH(&insertions, ((struct insertion){ line, 0, INCLUDE }));
	for (i = 0; i < n; i++) {
		const struct head *head = places[i].head;

		if (!is_paren(&source, head))
			return error_set(err, "%s:%u:%u: no ')' here: expected the source that the facts were made of",
					 path_join(writing->options->tree, head->file),
					 head->line, head->col);
		VEC_PUSH(&insertions,
			 ((struct insertion){ head->line, head->col,
					      words_text(&places[i]) }));
		words += places[i].words.n;
		functions++;
	}
	snprintf(subject, sizeof(subject), "%s: Annotate the lock contracts of %s",
		 area_of(source.name), path_base(source.name));
	letter.body = body = body_of(writing, source.name, functions);
	ok = write_patch(writing, &letter, &source, insertions.at, insertions.n,
			 err);
	free(body);
	free(insertions.at);
	writing->functions += functions;
	writing->words += words;
	return ok;
}

static bool is_elsewhere(const void *data, const char *file)
{
	const struct places *places = data;
	unsigned i;

	for (i = 0; i < places->n; i++)
		if (!strcmp(places->at[i].head->file, file))
			return false;
	return true;
}

/* The words, and what Clang does not follow in files that nothing is stated in. */
static char *vocabulary_body(const struct writing *writing,
			     const struct places *places)
{
	char *limits, *body;
	size_t len;
	FILE *out = open_memstream(&limits, &len);
	bool any = limits_print(out, &writing->limits, is_elsewhere, places);

	fclose(out);
	out = open_memstream(&body, &len);
	fputs("State what a function needs, takes and drops where it is declared. Where\n"
	      "the kernel defines one of the words already, the kernel's stays. For gcc\n"
	      "they are nothing.\n", out);
	if (any)
		fprintf(out, "\nClang's own -Wthread-safety warns in functions that are right, of files\n"
			"that have no words, since its analysis does not follow what is\n\n%s", limits);
	fclose(out);
	free(limits);
	return body;
}

/* The words themselves come first: the other patches include them. */
static bool write_vocabulary(struct writing *writing,
			     const struct places *places, struct error *err)
{
	const char *folder = parts_annotations(err);
	struct source source = { .name = VOCABULARY };
	struct insertion all = { .line = 1 };
	struct letter letter = {
		.author = writing->options->author ? writing->options->author
						   : author_nobody,
		.subject = "locking: Add words for lock contracts",
		.number = ++writing->number, .count = writing->count,
	};
	size_t len;
	char *text = folder ? read_whole(path_join(folder, "mmucheck.h"), &len,
					 err) : NULL;
	char *body;
	bool ok;

	if (!text)
		return false;
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0';
	all.text = text;
	letter.body = body = vocabulary_body(writing, places);
	ok = write_patch(writing, &letter, &source, &all, 1, err);
	free(body);
	free(text);
	return ok;
}

static unsigned same_file(const struct places *places, unsigned i)
{
	unsigned n = 1;

	while (i + n < places->n &&
	       places->at[i + n].head->file == places->at[i].head->file)
		n++;
	return n;
}

/* Patches of another run would be taken for this one's. */
static bool is_fresh(const char *folder, struct error *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool fresh = true;

	while (dir && (entry = readdir(dir)))
		fresh &= !strstr(entry->d_name, ".patch");
	if (dir)
		closedir(dir);
	return fresh || error_set(err, "%s: there are patches in this folder: expected one without",
				  folder);
}

static bool write_all(const struct annotate *options, struct places *places,
		      struct error *err)
{
	struct writing writing = { .options = options };
	unsigned i, n;
	bool ok;

	if (options->limits && !limits_read(&writing.limits, options->limits, err))
		return false;
	for (i = n = 0; i < places->n; i++)
		if (places->at[i].words.n)
			places->at[n++] = places->at[i];
	places->n = n;
	for (i = 0; i < n; i += same_file(places, i))
		writing.count++;
	if (!n)
		return error_set(err, "nothing to annotate: expected facts of functions whose callers are in sight, made by this version");
	writing.count++;
	ok = make_folders(path_join(options->folder, "0001"), err) &&
	     write_vocabulary(&writing, places, err);
	for (i = 0; ok && i < n; i += same_file(places, i))
		ok = write_file(&writing, &places->at[i], same_file(places, i),
				err);
	if (ok)
		printf("%s: %u patches, %u contracts of %u functions\n",
		       options->folder, writing.count, writing.words,
		       writing.functions);
	return ok;
}

static void keep_wanted(struct proposals *proposals,
			const struct program *program,
			const struct wanted *wanted)
{
	unsigned i, n = 0;

	for (i = 0; i < proposals->all.n; i++) {
		const struct proposal *proposal = &proposals->all.at[i];

		if (wanted->is(wanted->data,
			       program->functions.at[proposal->fn]))
			proposals->all.at[n++] = *proposal;
	}
	proposals->all.n = n;
}

struct proposals *prove(const struct input *input, struct analysis **analysis,
			const struct wanted *wanted, struct error *err)
{
	struct proposals *proposals = propose(*analysis);
	bool proved = false;

	keep_wanted(proposals, (*analysis)->program, wanted);
	while (!proved) {
		*analysis = analysis_new();
		if (!input_read(input, *analysis, err) ||
		    !proposals_try(proposals, *analysis, &proved, err))
			return NULL;
	}
	return proposals;
}

bool annotate(const struct annotate *options, const struct input *input,
	      struct analysis *analysis, const struct wanted *wanted,
	      struct error *err)
{
	struct proposals *proposals;
	struct places places;

	if (!is_fresh(options->folder, err))
		return false;
	proposals = prove(input, &analysis, wanted, err);
	if (!proposals)
		return false;
	propose_outcomes(analysis, proposals, options->mainline);
	keep_wanted(proposals, analysis->program, wanted);
	places = find_places(proposals, analysis->program);
	return write_all(options, &places, err);
}
