// SPDX-License-Identifier: GPL-2.0-only
// RUN: mmucheck-facts --macros %annotations/linux-macros.h --out %t.off -- -c %s
// RUN: mmucheck-facts --macros %annotations/linux-macros.h --out %t.on -- -DCONFIG_LOCKDEP -c %s
// RUN: cmp %t.off %t.on
// RUN: FileCheck-19 %s <%t.on
//
// Whether the kernel's own macros do anything with lockdep changes nothing of
// what the facts say.

struct lock { int raw; };
struct vm { struct lock lock; int work; };

extern void take_real(struct lock *l);
extern void take_class(struct lock *l, int class, const char *name);
extern void init_key(struct lock *l, const char *name, char *key);
extern void say(const char *file, int line);

#ifdef CONFIG_LOCKDEP
#define lockdep_assert_held(l)		take_class(l, 0, #l)
#define mutex_lock_nested(l, s)		take_class(l, s, #l)
#define spin_lock_init(l)		do { static char key; init_key(l, #l, &key); } while (0)
#define might_fault()			say(__FILE__, __LINE__)
#define _THIS_IP_			({ __label__ here; here: (unsigned long)&&here; })
#define irqs_disabled()			({ unsigned long f; asm("" : "=r" (f)); f != 0; })
#else
#define lockdep_assert_held(l)		do { (void)(l); } while (0)
#define mutex_lock_nested(l, s)		take_real(l)
#define spin_lock_init(l)		do { *(l) = (struct lock){ 0 }; } while (0)
#define might_fault()			do { } while (0)
#define _THIS_IP_			0
#define irqs_disabled()			(0)
#endif

extern void at(unsigned long ip);

// CHECK: func all global
// CHECK: call @spin_lock_init(&vm->lock)
// CHECK: call @mutex_lock_nested(&vm->lock, 1)
// CHECK: call @lockdep_assert_held(&vm->lock)
// CHECK: call @might_fault()
// CHECK: %1 = call @irqs_disabled()
int all(struct vm *vm)
{
	spin_lock_init(&vm->lock);
	mutex_lock_nested(&vm->lock, 1);
	lockdep_assert_held(&vm->lock);
	might_fault();
	at(_THIS_IP_);
	return irqs_disabled();
}
