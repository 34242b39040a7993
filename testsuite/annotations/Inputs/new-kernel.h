/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel since 7.0 has defined before anything else is read (it has no
 * __cond_releases_shared()): here each word is a deprecation, so that a warning
 * shows whose definition it is.
 */
#define kernel_word(word)		__attribute__((deprecated("kernel's " word)))
#define __must_hold(...)		kernel_word("must_hold")
#define __must_hold_shared(...)		kernel_word("must_hold_shared")
#define __must_not_hold(...)		kernel_word("must_not_hold")
#define __acquires(...)			kernel_word("acquires")
#define __acquires_shared(...)		kernel_word("acquires_shared")
#define __cond_acquires(ret, x)		kernel_word("cond_acquires")
#define __cond_acquires_shared(ret, x)	kernel_word("cond_acquires_shared")
#define __cond_releases(ret, x)		kernel_word("cond_releases")
#define __releases(...)			kernel_word("releases")
#define __releases_shared(...)		kernel_word("releases_shared")
#define __guarded_by(...)		kernel_word("guarded_by")
#define __pt_guarded_by(...)		kernel_word("pt_guarded_by")
#define __context_unsafe(why)		kernel_word("context_unsafe")
