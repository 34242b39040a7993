/* SPDX-License-Identifier: GPL-2.0-only */
/* guard() and scoped_guard(): a variable whose cleanup drops the lock. */
#pragma once

#define __mini_paste(a, b)	a##b
#define __mini_name(a, b)	__mini_paste(a, b)

#define DEFINE_LOCK_GUARD(name, type, take, drop)			\
typedef struct { type *lock; int idx; } class_##name##_t;		\
static inline class_##name##_t class_##name##_constructor(type *l)	\
{									\
	class_##name##_t held = { .lock = l }, *_T = &held;		\
	take;								\
	return held;							\
}									\
static inline void class_##name##_destructor(class_##name##_t *_T)	\
{									\
	if (_T->lock) { drop; }						\
}

#define DEFINE_SECTION_GUARD(name, take, drop)				\
typedef struct { void *lock; } class_##name##_t;			\
static inline class_##name##_t class_##name##_constructor(void)	\
{									\
	class_##name##_t held = { .lock = (void *)1 };			\
	take;								\
	return held;							\
}									\
static inline void class_##name##_destructor(class_##name##_t *_T)	\
{									\
	if (_T->lock) { drop; }						\
}

#define CLASS(name, var)						\
	class_##name##_t var __cleanup(class_##name##_destructor) =	\
		class_##name##_constructor
#define guard(name)	CLASS(name, __mini_name(__guard_, __COUNTER__))
#define scoped_guard(name, args...)					\
	for (CLASS(name, scope)(args), *done = NULL; !done; done = (void *)1)

#define __free(name)	__cleanup(__free_##name)
#define DEFINE_FREE(name, type, free)					\
static inline void __free_##name(void *p) { type _T = *(type *)p; free; }
