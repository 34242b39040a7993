/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The waist: what the front end says of a kernel tree, as tables. FORMAT.md has
 * the text form. Nothing in here knows Clang, locks or KVM.
 */
#ifndef MMUCHECK_FACTS_H
#define MMUCHECK_FACTS_H

#include "base.h"

#define FACTS_VERSION	1

enum type_kind {
	TYPE_SCALAR,
	TYPE_RECORD,		/* struct or union */
	TYPE_POINTER,
	TYPE_ARRAY,
	TYPE_FUNCTION,
};

struct type {
	enum type_kind kind;
	bool is_signed;
	bool is_choice;		/* bool or an enum: one of a few */
	unsigned char bits;	/* of a scalar; 0 for void and the like */
	const char *name;	/* of a record, of a scalar as it was written */
	const struct type *to;	/* of a pointer, of an array */
	struct type *pointer, *array;	/* to and of this one, once asked for */
};

/* A member of a record; there is one struct field for each in the program. */
struct field {
	const char *key;	/* "record.name" */
	const char *record;
	const char *name;
	const struct type *type;
	unsigned bits;			/* of a bitfield; else 0 */
	unsigned id;
};

/* A variable at file scope. A static one belongs to its unit. */
struct global {
	const char *name;
	const struct type *type;
	struct unit *unit;	/* of a static one */
	unsigned id;
};

enum linkage { LINK_GLOBAL, LINK_STATIC, LINK_INLINE };

/* What a name that is called or taken the address of stands for. */
struct symbol {
	const char *name;
	struct function *def;	/* NULL: out of sight */
	struct unit *unit;	/* of a static one */
	unsigned id;
	void *contract;		/* struct contract *, set by the engine */
	const void *term;	/* its address as a value, the same */
};

enum expr_op {
	EXPR_UNKNOWN,		/* ? */
	EXPR_INT,		/* value */
	EXPR_STRING,		/* text */
	EXPR_VAR,		/* index into the function's variables */
	EXPR_GLOBAL,
	EXPR_FUNCTION,
	EXPR_FIELD,		/* a.field */
	EXPR_DEREF,		/* *a */
	EXPR_ADDRESS,		/* &a */
	EXPR_INDEX,		/* a[b] */
	EXPR_UNARY,		/* !a -a ~a: token in sub */
	EXPR_BINARY,		/* (a sub b) */
	EXPR_CONDITIONAL,	/* (a ? b : c) */
	EXPR_CAST,		/* <type>a */
};

enum binary_op {
	BIN_ADD, BIN_SUB, BIN_MUL, BIN_DIV, BIN_REM, BIN_SHL, BIN_SHR,
	BIN_AND, BIN_OR, BIN_XOR, BIN_EQ, BIN_NE, BIN_LT, BIN_LE, BIN_GT,
	BIN_GE, BIN_LAND, BIN_LOR,
};

enum unary_op { UN_NOT, UN_MINUS, UN_COMPLEMENT };

/* "p->f" is EXPR_FIELD of EXPR_DEREF of p. */
struct expr {
	unsigned char op;
	unsigned char sub;
	unsigned char makes;		/* the engine's: new values? 0: not asked yet */
	unsigned int var;
	const struct type *type;	/* may be NULL: nobody said */
	const struct expr *a, *b, *c;
	const void *met[2], *made;	/* the engine's: what it was last made of */
	union {
		int64_t value;
		const char *text;	/* of a string in a contract; else NULL */
		struct field *field;
		struct global *global;
		struct symbol *symbol;
	};
};

enum insn_kind {
	INSN_ASSIGN,		/* to = value */
	INSN_CALL,		/* [to =] callee(args) */
	INSN_RETURN,		/* value may be NULL */
	INSN_CLEAR,		/* all of "to" is zero */
};

struct insn {
	enum insn_kind kind;
	unsigned line, col;
	const struct expr *to;		/* where the result goes, may be NULL */
	const struct expr *value;	/* of an assignment or return; the callee */
	const struct expr **args;
	unsigned nargs;
	unsigned site;			/* index in the function, over all blocks */
};

enum exit_kind {
	EXIT_GOTO,
	EXIT_IF,		/* target[0] if cond, else target[1] */
	EXIT_SWITCH,
	EXIT_ANY,		/* the program does not say which */
	EXIT_RETURN,
	EXIT_STOP,		/* never goes on */
};

struct range_target {
	int64_t low, high;
	bool is_else;
	unsigned block;
};

struct block {
	struct insn *insns;
	unsigned ninsns;
	enum exit_kind exit;
	unsigned line, col;		/* of the condition */
	const struct expr *cond;
	struct range_target *targets;
	unsigned ntargets;
	bool reads_guarded;		/* the engine's: some member, or the condition */
};

/* A parameter, a local variable or a temporary, in this order. */
struct variable {
	const char *name;	/* NULL for a temporary */
	const struct type *type;
	bool points_to_lock;	/* set by the engine */
};

/*
 * One contract that the source states: "requires_capability" and kin, or a word
 * of annotations/mmucheck.h. The arguments are over the parameters; a string
 * among them names what C has no expression for.
 */
struct contract_attr {
	const char *word;
	const struct expr **args;
	unsigned nargs;
};

struct function {
	const char *name;
	enum linkage linkage;
	bool exported;
	const char *file;
	unsigned line, col, end;
	const struct type *type;	/* what it returns */
	struct unit *unit;		/* the first that had it */
	struct symbol *symbol;

	struct variable *vars;
	unsigned nparams, nvars, ntemps;
	struct contract_attr *attrs;
	unsigned nattrs;
	struct block *blocks;
	unsigned nblocks, nsites;
	unsigned id;			/* after linking */
	void *solve;			/* what the engine keeps on it */
};

/* A function address in a static initialiser. */
struct slot {
	struct field *field;		/* or, without one, */
	struct global *array;
	struct symbol *target;
	struct global *in;
};

/* What guards a member or a variable at file scope. */
struct member_guard {
	struct field *field;		/* or, without one, */
	struct global *global;
	struct contract_attr attr;	/* over "this", the record of the field */
};

/* What a comment tells the checker, and the lines that it may be about. */
struct comment {
	const char *file;
	unsigned line, col, end;
	const char *text;
};

/*
 * The ")" of a function's first declaration behind which a contract can be
 * stated, and what the parameters are called there.
 */
struct head {
	struct symbol *symbol;
	const char *file;
	unsigned line, col;
	const char **params;
	unsigned nparams;
};

/* A function that the front end could not read: it has no blocks. */
struct unread {
	struct function *function;
	const char *why;
};

struct unit {
	const char *name;		/* the C file, relative to the tree */
	struct symbol_table *symbols;	/* names as this unit sees them */
};

struct program {
	VEC(struct unit *) units;
	VEC(struct function *) functions;
	VEC(struct symbol *) symbols;
	VEC(struct field *) fields;
	VEC(struct global *) globals;
	VEC(struct slot) slots;
	VEC(struct function *) declarations;	/* with contracts, without body */
	VEC(struct member_guard) guards;
	VEC(struct head) heads;
	VEC(struct contract_attr) says;		/* of no function */
	VEC(struct comment) comments;
	VEC(struct unread) unread;
	unsigned pointer_bits;
	const char *arch;
	struct program_tables *tables;
};

struct program *program_new(void);

/* With all that lives as long as the run: for who reads more than one. */
void program_free(struct program *program);

/*
 * facts_read() - add the facts in @text to @program
 * @name: what to call the text in an error
 *
 * The text is checked before anything is believed: version, end mark, every
 * name and number. On an error @program is of no more use.
 */
bool facts_read(struct program *program, const char *name, const char *text,
		size_t len, struct error *err);

/* By name, as the unit (may be NULL) sees it; NULL if nothing is called so. */
struct symbol *program_symbol(struct program *program, const char *name);
struct field *program_field(struct program *program, const char *key);
/* From now on @field is known by @key, and spelled in the source as before. */
void program_call_field(struct program *program, struct field *field,
			const char *key);
struct global *program_global(struct program *program, const char *name);
const struct type *program_type(struct program *program, const char *text,
				size_t len);

/*
 * expr_parse() - the expression at @text, up to @end
 * @function: whose variables it may name
 *
 * Moves *@text behind it. NULL and @err if it is not one.
 */
struct parse {
	struct program *program;
	struct unit *unit;
	struct function *function;
	const char *at, *end;
	const char *name;
	unsigned line;
	unsigned depth;
	struct error *err;
};

const struct expr *expr_parse(struct parse *parse);

/* The expression as the facts spell it, for messages. */
void expr_print(const struct function *function, const struct expr *expr,
		char *buf, size_t size);

#endif
