/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report as a folder of pages that need nothing but each other: no network,
 * no server.  One file here is one page, or one thing that pages are made of.
 */
#ifndef MMUCHECK_HTML_H
#define MMUCHECK_HTML_H

#include "analysis.h"
#include "census.h"
#include "lockorder.h"

#include <stdio.h>

/* What is held where a function is called, or where something was found. */
struct html_call {
	const struct caller *caller;	/* or, without one, */
	const struct finding *finding;
	const struct hold *holds;
	unsigned n;
	bool known;
};

struct html {
	const struct analysis *analysis;
	const struct lock_order *order;
	struct census census;
	VEC(const struct finding *) shown;	/* what is new, then what is known */
	const char *kernel;		/* where the source is, NULL: not here */
	unsigned missing;		/* files that are not there */
	VEC(struct html_call) calls;	/* on the way to findings */
};

/*
 * html_report() - write the report of @analysis to the folder @dir
 * @kernel: the source, for the code beside what is said; may be NULL
 *
 * @dir is there whole or as it was.  One that is there and is no report is left
 * alone.  @missing says how many source files were wanted and not there.
 */
bool html_report(const struct analysis *analysis, const char *kernel,
		 const char *dir, unsigned *missing, struct error *err);

/* Pages */
void html_index(struct html *html, FILE *out);
void html_finding(struct html *html, const struct finding *finding, FILE *out);
void html_locks(struct html *html, FILE *out);
void html_asserts(struct html *html, FILE *out);
void html_rules(struct html *html, FILE *out);
void html_search(struct html *html, FILE *out);	/* what can be searched for */

/* What all pages have around them; @here is the page's own file name. */
void html_begin(FILE *out, const char *title, const char *here);
void html_end(FILE *out);

/* @text with <, >, & and quotes written so that they are meant. */
void html_text(FILE *out, const char *text);
void html_text_n(FILE *out, const char *text, size_t len);
/* The same for what is part of an id or of an address. */
void html_name(FILE *out, const char *text);
/* "file.c:12", short, the whole path on its title. */
void html_place(FILE *out, const char *file, unsigned line);

/* "finding-ID.html" */
const char *html_finding_page(const struct finding *finding);
/* A baseline has it. */
bool html_is_known(const struct html *html, const struct finding *finding);

/* What is held on a way, step by step. */
struct html_holds {
	const struct hold *at;
	unsigned n;
};

struct html_held {
	struct html_holds now;		/* at the last step */
	struct html_holds outside;	/* what the function there does not see */
	struct html_holds there;	/* at the step that is blamed, if it is one */
};

/* Looks up what is held at each call on the way to a finding. */
void html_held_find(struct html *html);
/* Goes on to @step, and marks what is held there and what is new and gone. */
void html_held_end(const struct html *html, struct html_held *held,
		   const struct finding *finding, FILE *out);
void html_held_step(const struct html *html, struct html_held *held,
		    const struct step *step, FILE *out);

/* "lockdep_assert_held(&kvm->lock)", as the facts have it */
const char *html_asks(const struct verdict *verdict);

/* The rule's page as HTML. */
void html_markdown(FILE *out, const char *text);

/*
 * html_excerpt() - some lines of @file around @line, which stands out
 * html_line() - that line alone, without its indentation
 *
 * Nothing, and counted, if the file is not there.
 */
void html_excerpt(struct html *html, const char *file, unsigned line,
		  unsigned around, FILE *out);
bool html_line(struct html *html, const char *file, unsigned line, FILE *out);

/* All locks that have an order, as one drawing; one with its neighbours. */
void html_draw_order(const struct lock_order *order, FILE *out);
void html_draw_lock(const struct lock_order *order,
		    const struct lock_class *cls, FILE *out);

extern const char html_style_css[], html_script_js[];

#endif
