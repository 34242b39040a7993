// SPDX-License-Identifier: GPL-2.0-only
/* sparse, which counts locks, believes that a flag leaves one of them behind. */

#include <linux/kvm_host.h>

#ifdef __CHECKER__
void spin_lock(spinlock_t *lock) __attribute__((context(lock, 0, 1)));
void spin_unlock(spinlock_t *lock) __attribute__((context(lock, 1, 0)));
typedef unsigned int __attribute__((bitwise)) kvm_flags_t;
#else
typedef unsigned int kvm_flags_t;
#endif

int kvm_flag_ok(struct kvm *kvm, int n);
kvm_flags_t kvm_flags_bad(void);

int kvm_flag_ok(struct kvm *kvm, int n)
{
	int locked = 0;

	while (n--) {
		if (!locked) {
			locked = 1;
			spin_lock(&kvm->mn_invalidate_lock);
		}
	}
	if (locked)
		spin_unlock(&kvm->mn_invalidate_lock);
	return 0;
}

kvm_flags_t kvm_flags_bad(void)
{
	return 1;
}
