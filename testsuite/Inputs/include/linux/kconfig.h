/* SPDX-License-Identifier: GPL-2.0-only */
/* Read before each test: which options are on, and what every file knows. */
#pragma once

#define __mini_one_1			, 1
#define __mini_second(a, b, ...)	b
#define __mini_pick(...)		__mini_second(__VA_ARGS__)
#define __mini_is_one(x)		__mini_pick(__mini_one_##x, 0, 0)
#define __mini_is_set(x)		__mini_is_one(x)

#define __or(a, b)		((a) || (b))
#define IS_BUILTIN(option)	__mini_is_set(option)
#define IS_MODULE(option)	__mini_is_set(option##_MODULE)
#define IS_ENABLED(option)	__or(IS_BUILTIN(option), IS_MODULE(option))

#define __always_inline		inline __attribute__((__always_inline__))
#define noinline		__attribute__((__noinline__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __cleanup(f)		__attribute__((__cleanup__(f)))
#define __maybe_unused		__attribute__((__unused__))
#define __user
#define __rcu
#define __init
#define __exit
