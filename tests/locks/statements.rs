//! Each kind of statement that takes a lock, and what is seen until it is given back.

use crate::{Locks, inner_of, look, looks, seen, through};
use std::sync::MutexGuard;

looks! {
    fn guard_in_a_variable(s) "+-" {
        look(s);
        let g = s.m.lock().unwrap();
        look(s);
        assert_eq!(*g, 1);
    }
    fn the_end_of_its_block(s) "-+" {
        {
            let mut g = s.m.lock().unwrap();
            *g += 1;
            look(s);
        }
        look(s);
    }
    fn given_back_by_drop(s) "-+" {
        let g = s.m.lock().unwrap();
        look(s);
        drop(g);
        look(s);
    }
    fn given_back_somewhere_else(s) "--" {
        let g = s.m.lock().unwrap();
        if *g == 1 {
            drop(g);
            look(s);
        }
        // Nobody knows from here.
        look(s);
    }
    fn a_temporary(s) "+" {
        let n = *s.m.lock().unwrap();
        s.l.write().unwrap().clone_from(&n);
        look(s);
    }
    fn what_is_called_meanwhile(s) "--+" {
        fn with(s: &Locks, n: &u8) -> u8 {
            look(s);
            *n
        }
        let n = with(s, &s.m.lock().unwrap());
        assert_eq!(with(s, &s.l.read().unwrap()), n + 1);
        look(s);
    }
    fn scrutinee_of_a_match(s) "-+" {
        match s.m.lock().unwrap().checked_sub(1) {
            Some(_) => look(s),
            None => unreachable!(),
        }
        look(s);
    }
    fn scrutinee_of_an_if_let(s) "--+" {
        if let Ok(g) = s.m.try_lock() {
            look(s);
            assert_eq!(*g, 1);
        }
        if let Some(0) = s.m.lock().unwrap().checked_sub(1) {
            look(s);
        }
        look(s);
    }
    fn scrutinee_of_a_while_let(s) "--+" {
        while let Some(n) = s.m.lock().unwrap().checked_add(253) {
            look(s);
            if n == 254 {
                look(s);
                break;
            }
        }
        look(s);
    }
    fn head_of_a_for(s) "--+" {
        for _ in 0..=*s.m.lock().unwrap() {
            look(s);
        }
        look(s);
    }
    fn condition(s) "-++" {
        fn is(s: &Locks, n: u8) -> bool {
            look(s);
            n == 1
        }
        if is(s, { *s.m.lock().unwrap() }) && *s.m.lock().unwrap() == 1 {
            look(s);
        }
        while *s.m.lock().unwrap() == 1 {
            look(s);
            *s.m.lock().unwrap() = 2;
        }
    }
    fn either_way(s) "-" {
        let g = match s.m.lock() {
            Ok(g) => g,
            Err(poisoned) => poisoned.into_inner(),
        };
        look(s);
        assert_eq!(*g, 1);
    }
    fn let_else(s) "-" {
        let Ok(g) = s.l.try_read() else { return };
        look(s);
        assert_eq!(*g, 2);
    }
    fn readers_and_writers(s) "--" {
        {
            let _r = s.l.read().unwrap();
            look(s);
        }
        let _w = s.l.write().unwrap();
        look(s);
    }
    fn at_depth(s) "-+" {
        let g = s.m.lock().unwrap();
        through(s);
        drop(g);
        through(s);
    }
    fn tail(s) "-" {
        match s.m.lock().unwrap().checked_sub(1) {
            Some(_) => look(s),
            None => unreachable!(),
        }
    }
    fn kept_elsewhere(s) "-" {
        let mut guards = Vec::new();
        guards.push(s.m.lock().unwrap());
        look(s);
    }
    fn all_of_them(s) "-+" {
        {
            let _all: Vec<_> = [&s.m].into_iter().map(|m| m.lock().unwrap()).collect();
            look(s);
        }
        look(s);
    }
    fn typed(s) "-" {
        let _g: MutexGuard<'_, u8> = inner_of(s);
        look(s);
    }
    fn given_back_by_name(s) "-+" {
        {
            let _g = inner_of(s);
            look(s);
        }
        look(s);
    }
    fn handed_over(s) "---" {
        #[scope::instrument(level = "detailed")]
        fn to(g: MutexGuard<'_, u8>, s: &Locks) -> u8 {
            look(s);
            *g
        }
        to(inner_of(s), s);
        #[scope::instrument(level = "detailed")]
        fn lent(_: &mut MutexGuard<'_, u8>, s: &Locks) {
            look(s);
        }
        {
            let mut g: MutexGuard<'_, u8> = inner_of(s);
            lent(&mut g, s);
        }
        look(s);
    }
    fn in_closures(s) "--+" {
        fn with(s: &Locks, n: &u8) -> u8 {
            look(s);
            *n
        }
        let closure = |s: &Locks| with(s, &s.m.lock().unwrap());
        let block = |s: &Locks| {
            let g = s.m.lock().unwrap();
            look(s);
            *g
        };
        assert_eq!(closure(s), block(s));
        look(s);
    }
    fn in_arms(s) "-+" {
        fn with(s: &Locks, n: &u8) {
            look(s);
            assert_eq!(*n, 1);
        }
        match 1 {
            1 => with(s, &s.m.lock().unwrap()),
            _ => {}
        }
        look(s);
    }
    fn a_loop_of_work(s) "-+-+" {
        for _ in 0..2 {
            {
                let _g = s.m.lock().unwrap();
                look(s);
            }
            look(s);
        }
    }
    fn a_panic_gives_back(s) "-+" {
        std::panic::set_hook(Box::new(|_| {}));
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _g = s.m.lock().unwrap();
            look(s);
            panic!("held");
        }));
        assert!(caught.is_err());
        look(s);
    }
    fn a_return_gives_back(s) "-+" {
        fn leaves(s: &Locks) -> Option<u8> {
            let g = s.m.lock().ok()?;
            look(s);
            if *g == 1 {
                return None;
            }
            Some(*g)
        }
        assert_eq!(leaves(s), None);
        look(s);
    }
    fn it_is_about_one_thread(s) "+" {
        let _g = s.m.lock().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| look(&Locks::new()));
        });
    }
    fn under_a_cfg(s) "-+" {
        #[cfg(all())]
        let g = s.m.lock().unwrap();
        #[cfg(any())]
        let g = s.l.lock().unwrap();
        look(s);
        #[cfg(all())]
        drop(g);
        look(s);
    }
    fn what_is_called_with_a_lock_held(s) "---+" {
        struct Sender<'s>(&'s Locks);
        impl Sender<'_> {
            fn send_modify(&self, change: impl FnOnce(&mut u8)) {
                change(&mut self.0.m.lock().unwrap());
            }
            fn send_if_modified(&self, change: impl FnOnce(&mut u8) -> bool) -> bool {
                change(&mut self.0.m.lock().unwrap())
            }
        }
        mod critical_section {
            pub fn with<R>(s: &super::Locks, f: impl FnOnce(u8) -> R) -> R {
                f(*s.m.lock().unwrap())
            }
        }
        Sender(s).send_modify(|_| look(s));
        let is_changed = Sender(s).send_if_modified(|n| {
            look(s);
            *n == 1
        });
        critical_section::with(s, |_| look(s));
        assert!(is_changed);
        look(s);
    }
    fn files_are_no_locks(s) "+" {
        use std::io::Read;
        let mut text = [0; 1];
        let _n = std::io::empty().read(&mut text).unwrap();
        let _out = std::io::stdout().lock();
        look(s);
    }
}
